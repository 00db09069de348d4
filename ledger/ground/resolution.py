"""The resolution that the fund rests on, and its paragraph that invites to contribute."""

RESOLUTION = "AG/RES. 2027 (XXXIV-O/04)"
"""Its symbol: XXXIV-O is the thirty-fourth regular session of the General Assembly of the OAS, of 2004."""
INVITATION = f"{RESOLUTION}, para. 11"
"""Operative paragraph 11 names who is invited: member states, permanent observers, the inter-American system, and
others."""
