"""Owns who of the sample plays which role in the tests of the pages."""

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
