"""Who works at the shop's desk, what they ask, and what comes of it."""

from pista.desk.settings.model import WizardField, WizardStep

ASESORES = ("Renata Solís", "Iván Cordero", "Paloma Reyes", "Bruno Esquivel")
SKILLS = {"Renata Solís": ["mayoreo"], "Paloma Reyes": ["mayoreo"]}
SUPERVISOR = "Teresa Olmos"

WHOLESALE, BEACH, HATS = "Mayoreo hoteles", "Verano en la playa", "Sombreros de palma"
CAMPAIGNS = (WHOLESALE, BEACH, BEACH, HATS, HATS, None)
SOURCES = ("form", "form", "whatsapp", "whatsapp", "telegram", "crm")
OUTCOMES = ("Venta", "Volver a llamar", "No le interesa", "No contesta")
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
