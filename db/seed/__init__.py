"""Sample data: the catalogue of the notice, a small invented history, and larger ones for measuring."""

from db.seed.accounts import DEMO_PASSWORD, DemoAccount, demo_accounts
from db.seed.loading import Progress, Scale, generate, holds_work, load_sample
from db.seed.reference import Begun, begin_reference, load_reference

__all__ = [
    "DEMO_PASSWORD",
    "Begun",
    "DemoAccount",
    "Progress",
    "Scale",
    "begin_reference",
    "demo_accounts",
    "generate",
    "holds_work",
    "load_reference",
    "load_sample",
]
