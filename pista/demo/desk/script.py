"""Who works at the shop's desk, what they ask, and what comes of it."""

from pista.demo.ads import script as ads
from pista.desk.settings.model import WizardField, WizardStep

ASESORES = ("Renata Solís", "Iván Cordero", "Paloma Reyes", "Bruno Esquivel")
SKILLS = {"Renata Solís": ["mayoreo"], "Paloma Reyes": ["mayoreo"]}
SUPERVISOR = "Teresa Olmos"

WHOLESALE = ads.WHOLESALE[1]
CAMPAIGNS = (WHOLESALE, ads.PROSPECTS[1], ads.PROSPECTS[1], ads.GLASSES[1], None)
SOLD = "Venta"
UNSOLD = ("Volver a llamar", "No le interesa", "No contesta")
OUTCOMES = (SOLD, *UNSOLD)
WHY_BACK = ("No contesta", "Pide otro horario", "Quiere hablar con mayoreo", "Número equivocado")
WIZARD = [
    WizardStep(
        id="need",
        title="Qué busca",
        fields=[
            WizardField(
                id="product",
                label="¿Qué producto le interesa?",
                kind="choice",
                required=True,
                choices=["Sombreros", "Lentes de sol", "Playa", "Mayoreo"],
            ),
            WizardField(id="pieces", label="¿Cuántas piezas?", kind="number"),
        ],
    ),
    WizardStep(
        id="delivery",
        title="Entrega",
        fields=[
            WizardField(id="city", label="Ciudad", kind="text"),
            WizardField(id="when", label="¿Para cuándo?", kind="date"),
        ],
    ),
]
