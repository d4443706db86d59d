"""In which money a company counts, as far as its country tells."""

OF_COUNTRY = {
    **{"AR": "ARS", "BO": "BOB", "BR": "BRL", "CL": "CLP", "CO": "COP", "CR": "CRC", "CU": "CUP"},
    **{"DO": "DOP", "EC": "USD", "ES": "EUR", "GT": "GTQ", "HN": "HNL", "MX": "MXN", "NI": "NIO"},
    **{"PA": "USD", "PE": "PEN", "PR": "USD", "PT": "EUR", "PY": "PYG", "SV": "USD", "US": "USD"},
    **{"UY": "UYU", "VE": "VES"},
}
ELSEWHERE = "USD"


def currency_of(country: str | None) -> str:
    return OF_COUNTRY.get(country or "", ELSEWHERE)
