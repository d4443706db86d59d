"""What is said in the conversations that advertisements and the shop's pages began."""

Talk = tuple[str, ...]
"""The customer begins, and then it goes to and fro."""

PARASOL: list[Talk] = [
    (
        "Oi! O guarda-sol azul do anúncio ainda tem?",
        "Oi! Tem sim, em azul e listrado. Qual você prefere?",
        "O azul! Quanto fica com o frete?",
        "Esta semana o frete é por nossa conta 😊",
    ),
    (
        "Boa tarde, vocês entregam em Curitiba?",
        "Boa tarde! Entregamos sim, de 7 a 10 dias, com rastreio.",
        "Ótimo, vou ver e te falo.",
    ),
    (
        "Olá, dá para pagar com Pix?",
        "Dá sim, mando o código por aqui quando quiser.",
        "Perfeito, obrigado!",
    ),
    ("Oi, é resistente ao vento?", "É sim: haste de aço e base para areia. Quer uma foto?"),
]
WHOLESALE: list[Talk] = [
    (
        "Hola, quiero precios de mayoreo {code}",
        "¡Hola! Con gusto. ¿De cuántas piezas hablamos?",
        "Unas tres docenas de sombreros, para un hotel.",
        "Te mando la lista por aquí: desde tres docenas es 28 % menos.",
        "Gracias, lo veo con mi socio.",
    ),
    (
        "Hola, quiero precios de mayoreo {code}",
        "¡Hola! ¿Es para una tienda o para un hotel?",
        "Tienda, en Puerto Vallarta.",
        "Perfecto, ahí entregamos los martes.",
    ),
    (
        "Buenas tardes. Quiero precios de mayoreo {code}",
        "¡Buenas tardes! ¿Qué producto le interesa?",
        "Gorras y lentes, 60 piezas de cada uno.",
        "Le preparo la cotización y se la mando hoy mismo.",
    ),
]
PROFILE: list[Talk] = [
    (
        "Hola, los vi en Instagram. ¿Tienen el sombrero de palma?",
        "¡Hola! Sí, en mediano y en grande. ¿Para quién es?",
        "Para mi papá, en grande.",
        "Te lo aparto. ¿Lo mandamos o pasas por él?",
    ),
    ("Hola, ¿hacen envíos a Oaxaca?", "¡Hola! Sí, de tres a cinco días.", "Gracias 😊"),
]
SHOP: list[Talk] = [
    (
        "Hola, tengo una duda de un pedido (rstk_vid={visitor})",
        "¡Hola! Claro, ¿cuál es tu duda?",
        "¿Cuánto tarda el envío a {city}?",
        "De tres a cinco días, con guía.",
        "Gracias 🙌",
    ),
    (
        "Hola, ¿el sombrero de palma lo hay en grande? (rstk_vid={visitor})",
        "¡Hola! Sí, en grande y en mediano.",
        "Súper, lo pido en la página.",
    ),
    (
        "Buenas, ¿puedo pagar con transferencia? (rstk_vid={visitor})",
        "¡Hola! Sí, al final de la compra aparece la opción.",
    ),
    (
        "Hola, ¿los lentes polarizados traen estuche? (rstk_vid={visitor})",
        "¡Hola! Sí, estuche rígido y paño.",
        "¿Y si no me quedan?",
        "Tienes 30 días para cambiarlos, sin costo.",
        "Perfecto, gracias.",
    ),
]
