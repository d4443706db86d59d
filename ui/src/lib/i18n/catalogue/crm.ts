import type { Catalogue } from "../text";

/** Systems that tell of contacts, what they sent, and how to set them up. */
export const crm = {
  "nav.crm": { es: "CRM", pt: "CRM", en: "CRM" },

  "crm.intro": {
    es: "Los sistemas que avisan a Pista de tus contactos, por webhook, en el momento en que los crean o cambian.",
    pt: "Os sistemas que avisam o Pista dos seus contatos, por webhook, no momento em que os criam ou mudam.",
    en: "The systems that tell Pista of your contacts, by webhook, the moment they make or change one.",
  },
  "crm.add": { es: "Conectar un CRM", pt: "Conectar um CRM", en: "Connect a CRM" },
  "crm.sources": { es: "Fuentes", pt: "Fontes", en: "Sources" },
  "crm.empty": {
    es: "Todavía no hay ningún CRM conectado",
    pt: "Ainda não há nenhum CRM conectado",
    en: "No CRM is connected yet",
  },
  "crm.emptyHint": {
    es: "Conecta GoHighLevel, u otro sistema que envíe webhooks, y cada contacto traerá consigo todas sus visitas anteriores.",
    pt: "Conecte o GoHighLevel, ou outro sistema que envie webhooks, e cada contato trará consigo todas as suas visitas anteriores.",
    en: "Connect GoHighLevel, or any system that sends webhooks, and every contact brings all of its earlier visits along.",
  },
  "crm.kind": { es: "Sistema", pt: "Sistema", en: "System" },
  "crm.kind.ghl": { es: "GoHighLevel", pt: "GoHighLevel", en: "GoHighLevel" },
  "crm.kind.generic": { es: "Otro sistema", pt: "Outro sistema", en: "Any other system" },
  "crm.kind.sale": {
    es: "Ventas de una tienda",
    pt: "Vendas de uma loja",
    en: "Sales of a shop",
  },
  "crm.kindHint.sale": {
    es: "Cualquier tienda o checkout que avise de sus pedidos por webhook.",
    pt: "Qualquer loja ou checkout que avise dos pedidos por webhook.",
    en: "Any shop or checkout that tells of its orders by webhook.",
  },
  "crm.kindHint.ghl": {
    es: "Por un flujo de trabajo o una app del marketplace. Te guiamos paso a paso.",
    pt: "Por um fluxo de trabalho ou um app do marketplace. Guiamos você passo a passo.",
    en: "By a workflow or a marketplace app. We take you through it step by step.",
  },
  "crm.kindHint.generic": {
    es: "Cualquier JSON: tú dices con un clic qué valor es cuál.",
    pt: "Qualquer JSON: você diz com um clique qual valor é qual.",
    en: "Any JSON: you say by a click which value is which.",
  },
  "crm.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "crm.nameHint": {
    es: "Para reconocerlo, por ejemplo «GoHighLevel Lima».",
    pt: "Para reconhecê-lo, por exemplo «GoHighLevel Lima».",
    en: "To know it by, for example “GoHighLevel Lima”.",
  },
  "crm.nameMissing": {
    es: "Escribe un nombre.",
    pt: "Digite um nome.",
    en: "Enter a name.",
  },
  "crm.lastDay": {
    es: { one: "{count} en 24 horas", other: "{count} en 24 horas" },
    pt: { one: "{count} em 24 horas", other: "{count} em 24 horas" },
    en: { one: "{count} in 24 hours", other: "{count} in 24 hours" },
  },
  "crm.failed": {
    es: { one: "{count} fallido", other: "{count} fallidos" },
    pt: { one: "{count} com falha", other: "{count} com falha" },
    en: { one: "{count} failed", other: "{count} failed" },
  },
  "crm.off": { es: "Apagada", pt: "Desligada", en: "Off" },
  "crm.last": { es: "Último: {time}", pt: "Último: {time}", en: "Last: {time}" },
  "crm.never": {
    es: "Todavía no llegó nada",
    pt: "Ainda não chegou nada",
    en: "Nothing has come yet",
  },
  "crm.back": { es: "Todas las fuentes", pt: "Todas as fontes", en: "All sources" },
  "crm.gone": {
    es: "Esta fuente ya no existe",
    pt: "Esta fonte não existe mais",
    en: "This source is no more",
  },
  "crm.on": { es: "Recibe webhooks", pt: "Recebe webhooks", en: "Takes webhooks" },
  "crm.delete": { es: "Eliminar", pt: "Excluir", en: "Delete" },
  "crm.deleteOf": {
    es: "Eliminar «{name}»",
    pt: "Excluir «{name}»",
    en: "Delete “{name}”",
  },
  "crm.deleteSure": {
    es: "Se elimina también todo lo que envió; los contactos quedan. No se puede deshacer. Si quieres poder volver atrás, apágala.",
    pt: "Exclui também tudo o que ela enviou; os contatos ficam. Não dá para desfazer. Se quiser poder voltar atrás, desligue-a.",
    en: "All that it sent is deleted, too; contacts stay. This cannot be undone. To be able to go back, switch it off.",
  },
  "crm.offInstead": {
    es: "Mejor apagarla",
    pt: "Melhor desligar",
    en: "Switch it off instead",
  },
  "crm.secret": { es: "Secreto", pt: "Segredo", en: "Secret" },
  "crm.secretOnce": {
    es: "Cópialo ahora: se muestra solo esta vez.",
    pt: "Copie agora: ele só aparece desta vez.",
    en: "Copy it now: it is shown only this once.",
  },
  "crm.secretCopy": {
    es: "Copiar el secreto",
    pt: "Copiar o segredo",
    en: "Copy the secret",
  },
  "crm.rotate": { es: "Secreto nuevo", pt: "Novo segredo", en: "New secret" },
  "crm.rotateSure": {
    es: "El secreto de ahora deja de servir al momento: ten abierta la configuración del CRM.",
    pt: "O segredo atual deixa de valer na hora: tenha aberta a configuração do CRM.",
    en: "The present secret stops working at once: have the CRM’s settings open.",
  },

  "crm.steps": {
    es: "Configurar GoHighLevel",
    pt: "Configurar o GoHighLevel",
    en: "Setting up GoHighLevel",
  },
  "crm.stepsHint": {
    es: "Cada paso se comprueba solo, con lo último que llegó.",
    pt: "Cada passo se confere sozinho, com o último que chegou.",
    en: "Each step is checked by itself, with what came last.",
  },
  "crm.step.field": {
    es: "Crea el campo del visitante",
    pt: "Crie o campo do visitante",
    en: "Make the visitor’s field",
  },
  "crm.step.fieldText": {
    es: "Settings → Custom Fields → Add Field: un campo de contacto de tipo Text, con este nombre:",
    pt: "Settings → Custom Fields → Add Field: um campo de contato do tipo Text, com este nome:",
    en: "Settings → Custom Fields → Add Field: a field of contacts of type Text, with this name:",
  },
  "crm.step.form": {
    es: "Ponlo escondido en cada formulario",
    pt: "Coloque-o oculto em cada formulário",
    en: "Put it, hidden, into each form",
  },
  "crm.step.formText": {
    es: "En el formulario: Add element → Custom fields → rstk_vid, marca Hidden y escribe esta query key. El snippet lo llena solo.",
    pt: "No formulário: Add element → Custom fields → rstk_vid, marque Hidden e digite esta query key. O snippet o preenche sozinho.",
    en: "In the form: Add element → Custom fields → rstk_vid, tick Hidden and enter this query key. The snippet fills it in.",
  },
  "crm.step.workflow": {
    es: "Crea el flujo con el webhook",
    pt: "Crie o fluxo com o webhook",
    en: "Make the workflow with the webhook",
  },
  "crm.step.workflowText": {
    es: "Automation → Workflows → Create workflow. Disparadores: Contact Created y Contact Changed. Acción: Webhook, método POST, con esta dirección y esta cabecera:",
    pt: "Automation → Workflows → Create workflow. Gatilhos: Contact Created e Contact Changed. Ação: Webhook, método POST, com este endereço e este cabeçalho:",
    en: "Automation → Workflows → Create workflow. Triggers: Contact Created and Contact Changed. Action: Webhook, method POST, with this address and this header:",
  },
  "crm.step.url": { es: "Dirección", pt: "Endereço", en: "Address" },
  "crm.step.header": { es: "Cabecera", pt: "Cabeçalho", en: "Header" },
  "crm.step.value": { es: "Su valor", pt: "Seu valor", en: "Its value" },
  "crm.step.valueHidden": {
    es: "El secreto de cuando la creaste. ¿Se perdió? Haz uno nuevo.",
    pt: "O segredo de quando a criou. Perdeu? Faça um novo.",
    en: "The secret from when you made it. Lost? Make a new one.",
  },
  "crm.step.data": {
    es: "Pega los datos",
    pt: "Cole os dados",
    en: "Paste the data",
  },
  "crm.step.dataText": {
    es: "En la misma acción, en Custom Data (o como cuerpo JSON). Otras claves que añadas se ven como atributos del contacto.",
    pt: "Na mesma ação, em Custom Data (ou como corpo JSON). Outras chaves que você acrescentar aparecem como atributos do contato.",
    en: "In the same action, under Custom Data (or as a JSON body). Other keys that you add are seen as attributes of the contact.",
  },
  "crm.step.body": { es: "Datos en JSON", pt: "Dados em JSON", en: "Data as JSON" },
  "crm.step.app": {
    es: "Opcional: una app del marketplace",
    pt: "Opcional: um app do marketplace",
    en: "Optional: a marketplace app",
  },
  "crm.step.appText": {
    es: "GoHighLevel firma los webhooks de una app. Pega su clave pública Ed25519 y el id de tu location; entonces la dirección va sin secreto.",
    pt: "O GoHighLevel assina os webhooks de um app. Cole a chave pública Ed25519 dele e o id da sua location; então o endereço vai sem segredo.",
    en: "GoHighLevel signs the webhooks of an app. Paste its public Ed25519 key and your location’s id; then the address goes without the secret.",
  },
  "crm.location": { es: "Id de la location", pt: "Id da location", en: "Location id" },
  "crm.publicKey": { es: "Clave pública", pt: "Chave pública", en: "Public key" },
  "crm.check.none": {
    es: "Esperando el primer webhook…",
    pt: "Esperando o primeiro webhook…",
    en: "Waiting for the first webhook…",
  },
  "crm.check.came": {
    es: "Llegó un webhook hace {age}.",
    pt: "Chegou um webhook há {age}.",
    en: "A webhook arrived {age} ago.",
  },
  "crm.check.visitor": {
    es: "El último traía el id del visitante: {visitor}",
    pt: "O último trazia o id do visitante: {visitor}",
    en: "The last one carried the visitor’s id: {visitor}",
  },
  "crm.check.missing": {
    es: "El último no traía rstk_vid. Añádelo en Custom Data (paso 4).",
    pt: "O último não trazia rstk_vid. Acrescente-o em Custom Data (passo 4).",
    en: "The last one had no rstk_vid. Add it under Custom Data (step 4).",
  },
  "crm.check.template": {
    es: "rstk_vid llegó como plantilla sin llenar. Revisa que el campo del paso 1 se llame exactamente así.",
    pt: "rstk_vid chegou como modelo não preenchido. Confira se o campo do passo 1 tem exatamente esse nome.",
    en: "rstk_vid came as a template that nobody filled in. See that the field of step 1 has exactly this name.",
  },
  "crm.check.blank": {
    es: "rstk_vid llegó vacío: el formulario no lo llenó. ¿Está escondido en el formulario (paso 2) y el snippet en su página? Un contacto creado a mano tampoco lo trae.",
    pt: "rstk_vid chegou vazio: o formulário não o preencheu. Está oculto no formulário (passo 2) e o snippet na página dele? Um contato criado à mão também não o traz.",
    en: "rstk_vid came empty: the form did not fill it in. Is it hidden in the form (step 2), and the snippet on its page? A contact made by hand has none, either.",
  },
  "crm.check.person": {
    es: "El último nombraba a un contacto.",
    pt: "O último nomeava um contato.",
    en: "The last one named a contact.",
  },
  "crm.check.nobody": {
    es: "El último no nombraba a nadie: faltan contact_id, email y phone.",
    pt: "O último não nomeava ninguém: faltam contact_id, email e phone.",
    en: "The last one named nobody: contact_id, email and phone are missing.",
  },

  "crm.test": { es: "Envíame una prueba", pt: "Envie-me um teste", en: "Send me a test" },
  "crm.testHint": {
    es: "Pista espera el próximo webhook de esta fuente y muestra qué llegó y qué entendió.",
    pt: "O Pista espera o próximo webhook desta fonte e mostra o que chegou e o que entendeu.",
    en: "Pista waits for this source’s next webhook, and shows what came and what it understood.",
  },
  "crm.wait": {
    es: "Esperar el próximo",
    pt: "Esperar o próximo",
    en: "Wait for the next one",
  },
  "crm.waiting": {
    es: "Esperando… Envía un formulario, o guarda un contacto en tu CRM.",
    pt: "Esperando… Envie um formulário, ou salve um contato no seu CRM.",
    en: "Waiting… Send a form, or save a contact in your CRM.",
  },
  "crm.sample": { es: "Enviar un ejemplo", pt: "Enviar um exemplo", en: "Send a sample" },
  "crm.sampleHint": {
    es: "Entra por la puerta de verdad, con el secreto, y crea un contacto de muestra.",
    pt: "Entra pela porta de verdade, com o segredo, e cria um contato de exemplo.",
    en: "It comes in by the real door, with the secret, and makes a sample contact.",
  },
  "crm.sampleSecret": {
    es: "El secreto de esta fuente",
    pt: "O segredo desta fonte",
    en: "This source’s secret",
  },
  "crm.samplePerson": {
    es: "Muestra de Pista",
    pt: "Exemplo do Pista",
    en: "Pista sample",
  },
  "crm.arrived": { es: "Esto llegó", pt: "Isto chegou", en: "This came" },
  "crm.payload": { es: "Lo que llegó", pt: "O que chegou", en: "What came" },
  "crm.noPayload": {
    es: "El contenido ya no se guarda.",
    pt: "O conteúdo não está mais guardado.",
    en: "The content is not kept any more.",
  },
  "crm.understood": {
    es: "Lo que Pista entendió",
    pt: "O que o Pista entendeu",
    en: "What Pista understood",
  },
  "crm.field.contactId": {
    es: "Id en el sistema",
    pt: "Id no sistema",
    en: "Id in the system",
  },
  "crm.field.email": { es: "Correo", pt: "E-mail", en: "E-mail" },
  "crm.field.phone": { es: "Teléfono", pt: "Telefone", en: "Phone" },
  "crm.field.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "crm.field.visitorId": { es: "Visitante", pt: "Visitante", en: "Visitor" },
  "crm.field.updatedAt": { es: "Cambiado", pt: "Alterado", en: "Changed" },
  "crm.field.tags": { es: "Etiquetas", pt: "Etiquetas", en: "Tags" },
  "crm.field.none": { es: "no vino", pt: "não veio", en: "not there" },

  "crm.state.waiting": { es: "En curso", pt: "Em andamento", en: "Under way" },
  "crm.state.done": { es: "Hecho", pt: "Feito", en: "Done" },
  "crm.state.ignored": { es: "Ignorado", pt: "Ignorado", en: "Ignored" },
  "crm.state.malformed": { es: "Ilegible", pt: "Ilegível", en: "Unreadable" },
  "crm.state.failed": { es: "Falló", pt: "Falhou", en: "Failed" },
  "crm.detail.nobody": {
    es: "No nombra a nadie: ni id, ni correo, ni teléfono.",
    pt: "Não nomeia ninguém: nem id, nem e-mail, nem telefone.",
    en: "It names nobody: no contact id, e-mail or phone.",
  },
  "crm.detail.newer": {
    es: "Ya se sabía algo más nuevo.",
    pt: "Já se sabia algo mais novo.",
    en: "Something newer is known already.",
  },
  "crm.detail.other": {
    es: "No trata de un contacto creado o cambiado.",
    pt: "Não trata de um contato criado ou alterado.",
    en: "It is not about a contact being made or changed.",
  },
  "crm.detail.erased": {
    es: "Lo que decía se borró antes.",
    pt: "O que dizia foi apagado antes.",
    en: "What it said was erased before it was worked off.",
  },
  "crm.detail.noNumber": {
    es: "No dice el número del pedido: dicho otra vez, sería otra venta.",
    pt: "Não diz o número do pedido: dito de novo, seria outra venda.",
    en: "It says no number of an order: told again, it would be another sale.",
  },
  "crm.detail.noAmount": {
    es: "No dice un importe, o dice uno que puede ser dos.",
    pt: "Não diz um valor, ou diz um que pode ser dois.",
    en: "It says no amount, or one that nobody can be sure of.",
  },
  "crm.detail.noCurrency": {
    es: "Nombra una moneda de otro modo que por sus tres letras.",
    pt: "Nomeia uma moeda de outro modo que pelas suas três letras.",
    en: "It names a currency in other words than its three letters.",
  },
  "crm.detail.noRefund": {
    es: "Lo que dice de lo devuelto no es un importe seguro.",
    pt: "O que diz do devolvido não é um valor seguro.",
    en: "What it says of money that went back is no amount that anybody can be sure of.",
  },
  "crm.detail.noStatus": {
    es: "No dice un estado conocido: añade la palabra de la tienda.",
    pt: "Não diz um estado conhecido: acrescente a palavra da loja.",
    en: "It says no state that is known: add the shop’s word.",
  },
  "crm.detail.differs": {
    es: "Ya hay una venta con este número y otro importe; lo que cuesta no cambia.",
    pt: "Já há uma venda com este número e outro valor; o que custa não muda.",
    en: "A sale of this number is there with another amount; what it costs never changes.",
  },
  "crm.detail.tooMuch": {
    es: "Se devolvería más de lo que queda de lo pagado.",
    pt: "Seria devolvido mais do que resta do que foi pago.",
    en: "More would go back than is left of what was paid.",
  },
  "crm.detail.object": {
    es: "El cuerpo no es un objeto JSON.",
    pt: "O corpo não é um objeto JSON.",
    en: "The body is not a JSON object.",
  },
  "crm.did.contact": {
    es: "Se añadió al contacto.",
    pt: "Foi acrescentado ao contato.",
    en: "It was added to the contact.",
  },
  "crm.did.linked": {
    es: "El visitante quedó enlazado, con todas sus visitas.",
    pt: "O visitante ficou ligado, com todas as suas visitas.",
    en: "The visitor is linked, with all of its visits.",
  },
  "crm.did.already": {
    es: "El visitante ya estaba enlazado.",
    pt: "O visitante já estava ligado.",
    en: "The visitor was linked already.",
  },
  "crm.did.forked": {
    es: "Es otra persona en el mismo navegador: desde aquí cuenta aparte.",
    pt: "É outra pessoa no mesmo navegador: daqui em diante conta à parte.",
    en: "It is another person on the same browser: counted apart from here on.",
  },
  "crm.did.refused": {
    es: "El enlace no se hizo: lo impide algo que se decidió antes.",
    pt: "A ligação não foi feita: algo decidido antes a impede.",
    en: "The link was not made: something decided before stands against it.",
  },
  "crm.did.waiting": {
    es: "El enlace espera una confirmación.",
    pt: "A ligação espera uma confirmação.",
    en: "The link waits for a confirmation.",
  },
  "crm.openContact": {
    es: "Ver el contacto",
    pt: "Ver o contato",
    en: "See the contact",
  },

  "crm.received": { es: "Lo recibido", pt: "O recebido", en: "Received" },
  "crm.receivedHint": {
    es: "Los últimos cien, con lo que fue de cada uno.",
    pt: "Os últimos cem, com o que foi de cada um.",
    en: "The latest hundred, with what became of each.",
  },
  "crm.receivedNone": {
    es: "Esta fuente no envió nada todavía",
    pt: "Esta fonte ainda não enviou nada",
    en: "This source has sent nothing yet",
  },
  "crm.receivedNoneHint": {
    es: "En cuanto llegue un webhook, lo verás aquí.",
    pt: "Assim que chegar um webhook, você o verá aqui.",
    en: "As soon as a webhook comes, you will see it here.",
  },
  "crm.show": { es: "Ver", pt: "Ver", en: "Show" },
  "crm.showOf": {
    es: "Ver el webhook de {time}",
    pt: "Ver o webhook de {time}",
    en: "Show the webhook of {time}",
  },
  "crm.retry": { es: "Intentar de nuevo", pt: "Tentar de novo", en: "Try again" },
  "crm.retryOf": {
    es: "Intentar de nuevo el de {time}",
    pt: "Tentar de novo o de {time}",
    en: "Try the one of {time} again",
  },
  "crm.retried": {
    es: "Se intenta de nuevo.",
    pt: "Está sendo tentado de novo.",
    en: "It is being tried again.",
  },

  "crm.mapping": {
    es: "Qué valor es cuál",
    pt: "Qual valor é qual",
    en: "Which value is which",
  },
  "crm.mappingHint": {
    es: "Elige un campo y haz clic en su valor en lo último que llegó.",
    pt: "Escolha um campo e clique no valor dele no último que chegou.",
    en: "Choose a field, and click its value in what came last.",
  },
  "crm.mappingNone": {
    es: "Falta un ejemplo",
    pt: "Falta um exemplo",
    en: "An example is missing",
  },
  "crm.mappingNoneHint": {
    es: "Haz que tu sistema envíe un webhook, o envía uno de ejemplo abajo; aquí dirás qué valor es cuál.",
    pt: "Faça seu sistema enviar um webhook, ou envie um de exemplo abaixo; aqui você dirá qual valor é qual.",
    en: "Have your system send a webhook, or send a sample below; then say here which value is which.",
  },
  "crm.fields": { es: "Campos", pt: "Campos", en: "Fields" },
  "crm.path": {
    es: "Lugar de: {field}",
    pt: "Lugar de: {field}",
    en: "Place of: {field}",
  },
  "crm.pathNone": { es: "Sin elegir", pt: "Não escolhido", en: "Not chosen" },
  "crm.choose": { es: "Elegir: {field}", pt: "Escolher: {field}", en: "Choose: {field}" },
  "crm.clear": { es: "Quitar: {field}", pt: "Tirar: {field}", en: "Take away: {field}" },
  "crm.takeValue": {
    es: "{path} es: {field}",
    pt: "{path} é: {field}",
    en: "{path} is: {field}",
  },
  "crm.attribute": { es: "Nuevo atributo", pt: "Novo atributo", en: "New attribute" },
  "crm.attributeAdd": {
    es: "Añadir atributo",
    pt: "Acrescentar atributo",
    en: "Add attribute",
  },
  "crm.preview": {
    es: "El contacto que resulta",
    pt: "O contato que resulta",
    en: "The contact that comes of it",
  },
  "crm.replay": {
    es: { one: "Aplicar a {count} recibido", other: "Aplicar a los últimos {count}" },
    pt: { one: "Aplicar a {count} recebido", other: "Aplicar aos últimos {count}" },
    en: { one: "Apply to {count} received", other: "Apply to the last {count}" },
  },
  "crm.replayed": {
    es: { one: "{count} se trabaja de nuevo.", other: "{count} se trabajan de nuevo." },
    pt: {
      one: "{count} é processado de novo.",
      other: "{count} são processados de novo.",
    },
    en: { one: "{count} is worked off again.", other: "{count} are worked off again." },
  },
  "error.bad_webhook_source": {
    es: "Estos datos no van juntos: revisa la clave pública (Ed25519) y la location.",
    pt: "Estes dados não combinam: confira a chave pública (Ed25519) e a location.",
    en: "These do not go together: look at the public key (Ed25519) and the location.",
  },
  "error.too_many_webhook_sources": {
    es: "Ya hay 50 fuentes: elimina una que no uses.",
    pt: "Já há 50 fontes: exclua uma que não use.",
    en: "There are 50 sources already: delete one that is not in use.",
  },
  "error.webhook_refused": {
    es: "El secreto no es de esta fuente, o está apagada.",
    pt: "O segredo não é desta fonte, ou ela está desligada.",
    en: "The secret is not of this source, or it is off.",
  },
} as const satisfies Catalogue;
