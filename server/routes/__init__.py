"""The routes before the pages, one module a noun; `ROUTES` is their list."""

from collections.abc import Sequence

from starlette.routing import BaseRoute, Route

from server.api.application import mounted
from server.papers import papers
from server.routes.assets import show_asset, show_colours, show_icon
from server.routes.attestations import download_attestation
from server.routes.briefings import download_briefing
from server.routes.changes import download_changes
from server.routes.countries import download_countries
from server.routes.coverage import download_coverage_letter
from server.routes.evidence import download_evidence, download_proof, download_register_file
from server.routes.handovers import download_handover
from server.routes.health import show_health
from server.routes.language import choose_language
from server.routes.ledger import download_csv, download_workbook
from server.routes.ledger_forms import download_ledger_form, download_marked_ledger
from server.routes.moves import download_moves
from server.routes.passwords import change_password, show_password_form
from server.routes.plan_forms import download_plan_form
from server.routes.plan_papers import download_plan
from server.routes.prepared import download_prepared
from server.routes.registers import download_register
from server.routes.sign_in import show_sign_in, sign_in, sign_out
from server.routes.takeouts import download_everything
from server.routes.unit_sheets import download_unit_sheet
from server.routes.urging import download_urging_notice
from server.shell import show_home, show_shell

ROUTES: Sequence[BaseRoute] = (
    Route("/login", show_sign_in, methods=["GET"]),
    Route("/login", sign_in, methods=["POST"]),
    Route("/logout", sign_out, methods=["POST"]),
    Route("/password", show_password_form, methods=["GET"]),
    Route("/password", change_password, methods=["POST"]),
    Route("/language", choose_language, methods=["POST"]),
    Route("/evidence/{evidence_id:int}", download_evidence, methods=["GET"]),
    Route("/register-files/{file_id:int}", download_register_file, methods=["GET"]),
    Route("/supplied-proofs/{figure_id:int}", download_proof, methods=["GET"]),
    Route("/ledger.xlsx", download_workbook, methods=["GET"]),
    Route("/ledger.csv", download_csv, methods=["GET"]),
    Route("/prepared", download_prepared, methods=["GET"]),
    Route("/ledger-form.xlsx", download_ledger_form, methods=["GET"]),
    Route("/ledger-marked.xlsx", download_marked_ledger, methods=["GET"]),
    Route("/plan-form.xlsx", download_plan_form, methods=["GET"]),
    *papers("/plan", download_plan),
    *papers("/unit", download_unit_sheet),
    *papers("/handover", download_handover),
    *papers("/sign-off-page", download_attestation),
    *papers("/slip", download_urging_notice),
    *papers("/briefing", download_briefing),
    *papers("/coverage", download_coverage_letter),
    *papers("/changes", download_changes),
    Route("/moves.xlsx", download_moves, methods=["GET"]),
    Route("/countries.xlsx", download_countries, methods=["GET"]),
    Route("/registers.xlsx", download_register, methods=["GET"]),
    Route("/everything.zip", download_everything, methods=["GET"]),
    mounted(),
    Route("/healthz", show_health),
    Route("/favicon.ico", show_icon),
    Route("/favicon.png", show_icon),
    Route("/assets/colours.css", show_colours),
    Route("/assets/{name:path}", show_asset),
    # Every page in the page list has a single-part address; Streamlit itself reports any others.
    Route("/", show_shell),
    Route("/home", show_home),
    Route("/{page}", show_shell),
)
