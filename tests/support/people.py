"""Which people of the sample play which role in page tests."""

from collections.abc import Mapping

from tracking.vocabulary import Role

WHO: Mapping[Role, str] = {
    Role.REPORTING_OFFICER: "zhejiang.officer",
    Role.SIGNATORY: "zhejiang.signatory",
    Role.MEMBER: "member",
    Role.LEADERSHIP: "leadership",
    Role.SYSTEM_ADMINISTRATOR: "sysadmin",
    Role.SECURITY_ADMINISTRATOR: "secadmin",
    Role.AUDIT_ADMINISTRATOR: "auditor",
}
