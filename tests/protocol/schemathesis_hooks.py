"""What schemathesis does not know of the hub: values of our scalars, and what a well-formed answer is."""

import re

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

DAYS = st.dates().map(lambda day: day.isoformat())
SCALARS = {
    "DateTime": st.datetimes().map(lambda time: time.isoformat(timespec="seconds") + "Z"),
    "LocalDate": DAYS,
    "YearMonth": DAYS.map(lambda day: day[:7]),
}
for name, values in SCALARS.items():
    schemathesis.graphql.scalar(name, values.map(nodes.String))

# What schemathesis generates is valid by the schema it read: these would mean that the hub reads the schema otherwise.
NOT_FOR_VALID_QUESTIONS = {"SYNTAX", "VALIDATION", "VARIABLES", "OPERATION", "JSON", "QUESTION"}

# All that schemathesis does not know yet of the schema: that of a choice exactly one must be given, and not null.
ONE_OF = re.compile(r'OneOf Input Object "(?:\w+Key|ExpertInInput)" must|Field "(?:\w+Key|ExpertInInput)\.\w+" must be non-null')


@schemathesis.check
def well_answered(ctx, response, case):
    """Executed or refused with a reason: never a fault, never a doubt about a valid document."""
    media = response.headers["content-type"][0]
    assert media.startswith("application/graphql-response+json"), media
    told = response.json()
    errors = told.get("errors", [])
    if any(ONE_OF.match(error["message"]) for error in errors):
        assert response.status_code == 400 and "data" not in told
        return
    assert response.status_code in (200, 294, 422), f"status {response.status_code}"
    assert errors or "data" in told, "neither data nor errors"
    assert (response.status_code == 200) == (not errors), f"{response.status_code} with {len(errors)} errors"
    for error in errors:
        code = error["extensions"]["code"]
        assert error["extensions"]["requestId"], "an error that does not name the request"
        assert code != "INTERNAL", error["message"]
        assert code not in NOT_FOR_VALID_QUESTIONS, f"{code}: {error['message']}"
