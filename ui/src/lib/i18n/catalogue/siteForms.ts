import type { Catalogue } from "../text";

/** Forms of a site that make contacts by themselves. */
export const siteForms = {
  "forms.title": {
    es: "Formularios sin CRM",
    pt: "Formulários sem CRM",
    en: "Forms without a CRM",
  },
  "forms.intro": {
    es: "Pista puede crear el contacto cuando alguien envía un formulario de este sitio. Está apagado hasta que lo enciendas.",
    pt: "O Pista pode criar o contato quando alguém envia um formulário deste site. Fica desligado até você ligar.",
    en: "Pista can make the contact when somebody sends a form of this site. It is off until you switch it on.",
  },
  "forms.taken": {
    es: "Se toma lo que la persona escribió en los campos de correo, teléfono y nombre, y nada más: nunca contraseñas, tarjetas ni campos dentro de data-pista-ignore. A quien rechaza el seguimiento no se le toma nada.",
    pt: "É coletado o que a pessoa escreveu nos campos de e-mail, telefone e nome, e nada mais: nunca senhas, cartões nem campos dentro de data-pista-ignore. De quem recusa o rastreamento nada é coletado.",
    en: "What is taken is what the person typed into the fields for e-mail, phone and name, and nothing else: never passwords, cards, or fields inside data-pista-ignore. Of whoever refuses to be tracked nothing is taken.",
  },
  "forms.enabled": {
    es: "Crear contactos con los formularios",
    pt: "Criar contatos com os formulários",
    en: "Make contacts of forms",
  },
  "forms.basis": { es: "Base legal", pt: "Base legal", en: "Legal basis" },
  "forms.basisHint": {
    es: "Por qué puedes guardar estos datos. Si dudas, pregunta a quien te asesora.",
    pt: "Por que você pode guardar esses dados. Em caso de dúvida, pergunte a quem assessora você.",
    en: "Why you may keep this data. If in doubt, ask whoever advises you.",
  },
  "forms.basis.consent": {
    es: "Consentimiento: la persona aceptó",
    pt: "Consentimento: a pessoa aceitou",
    en: "Consent: the person agreed",
  },
  "forms.basis.contract": {
    es: "Contrato: pidió algo que hay que cumplir",
    pt: "Contrato: pediu algo que precisa ser cumprido",
    en: "Contract: they asked for something to be done",
  },
  "forms.basis.legitimate_interest": {
    es: "Interés legítimo: lo ponderaste y puede oponerse",
    pt: "Legítimo interesse: foi ponderado e a pessoa pode se opor",
    en: "Legitimate interest: weighed up, and they may object",
  },
  "forms.notices": {
    es: "Lo que tu sitio dice junto al formulario",
    pt: "O que o seu site diz junto ao formulário",
    en: "What your site says beside the form",
  },
  "forms.noticesHint": {
    es: "Pista lo guarda, pero no lo muestra: ponlo en tu página. Corrige el texto si hace falta; borra los idiomas que tu sitio no usa.",
    pt: "O Pista guarda, mas não mostra: coloque na sua página. Ajuste o texto se preciso; apague os idiomas que o seu site não usa.",
    en: "Pista keeps it and does not show it: put it on your page. Change it as needed; clear the languages that your site does not use.",
  },
  "forms.notice.es": { es: "En español", pt: "Em espanhol", en: "In Spanish" },
  "forms.notice.pt": { es: "En portugués", pt: "Em português", en: "In Portuguese" },
  "forms.notice.en": { es: "En inglés", pt: "Em inglês", en: "In English" },
  "forms.needs": {
    es: "Para encenderlo, elige la base legal y deja al menos un texto.",
    pt: "Para ligar, escolha a base legal e deixe pelo menos um texto.",
    en: "To switch it on, choose the legal basis and leave at least one text.",
  },
  "forms.paste": {
    es: "Copia el código de arriba otra vez y reemplaza el de tu página: ahora incluye data-forms.",
    pt: "Copie o código acima outra vez e substitua o da sua página: agora inclui data-forms.",
    en: "Copy the code above again and replace the one in your page: it now has data-forms.",
  },
  "forms.save": {
    es: "Guardar formularios",
    pt: "Salvar formulários",
    en: "Save forms",
  },
} as const satisfies Catalogue;

/** Proposals, each in its own language whatever the screen's is. */
export const PROPOSED = {
  es: "Al enviar este formulario, {company} guarda tu correo, teléfono y nombre, y los relaciona con tus visitas a este sitio, para responderte. Puedes pedir verlos o que los borremos cuando quieras.",
  pt: "Ao enviar este formulário, {company} guarda seu e-mail, telefone e nome, e os relaciona com suas visitas a este site, para responder a você. Você pode pedir para vê-los ou que os apaguemos quando quiser.",
  en: "When you send this form, {company} keeps your e-mail, phone and name, and connects them with your visits to this site, to answer you. You may ask to see them, or have us erase them, at any time.",
} as const;
