"""The web application: Fava on a book with our views, closed to all but reading."""

from app.web.application import application

__all__ = ["application"]
