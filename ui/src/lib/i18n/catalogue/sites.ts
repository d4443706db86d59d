import type { Catalogue } from "../text";

export const sites = {
  "sites.title": { es: "Sitios", pt: "Sites", en: "Sites" },
  "sites.intro": {
    es: "Los sitios web que Pista mide y el código que lleva cada uno.",
    pt: "Os sites que o Pista mede e o código que cada um leva.",
    en: "The web sites that Pista measures, and the code that each one carries.",
  },
  "sites.new": { es: "Nuevo sitio", pt: "Novo site", en: "New site" },
  "sites.none": {
    es: "Todavía no hay sitios",
    pt: "Ainda não há sites",
    en: "No sites yet",
  },
  "sites.noneText": {
    es: "Crea el primero: con su dominio alcanza.",
    pt: "Crie o primeiro: basta o domínio.",
    en: "Create the first one: its domain is enough.",
  },
  "sites.anyOrigin": {
    es: "Cualquier dominio",
    pt: "Qualquer domínio",
    en: "Any domain",
  },
  "sites.receiving": { es: "Recibiendo", pt: "Recebendo", en: "Receiving" },
  "sites.waiting": {
    es: "Sin eventos aún",
    pt: "Sem eventos ainda",
    en: "No events yet",
  },
  "sites.lastEvent": {
    es: "Último evento: {time}",
    pt: "Último evento: {time}",
    en: "Last event: {time}",
  },
  "sites.install": {
    es: "Código e instalación",
    pt: "Código e instalação",
    en: "Code and set-up",
  },
  "sites.editSite": { es: "Editar {name}", pt: "Editar {name}", en: "Edit {name}" },
  "sites.created": { es: "Sitio creado", pt: "Site criado", en: "Site created" },

  "site.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "site.nameHint": {
    es: "Si lo dejas vacío, se usa el primer dominio.",
    pt: "Se ficar vazio, usamos o primeiro domínio.",
    en: "If you leave it empty, the first domain is used.",
  },
  "site.namePlaceholder": { es: "Tienda", pt: "Loja", en: "Shop" },
  "site.domains": { es: "Dominios", pt: "Domínios", en: "Domains" },
  "site.domainsHint": {
    es: "Escribe un dominio y pulsa Enter. Los subdominios quedan incluidos. Con * se acepta cualquier dominio: útil para probar, pero cualquiera podría enviar eventos en tu nombre.",
    pt: "Escreva um domínio e aperte Enter. Os subdomínios ficam incluídos. Com * qualquer domínio é aceito: útil para testar, mas qualquer um poderia enviar eventos em seu nome.",
    en: "Type a domain and press Enter. Sub-domains are included. With * any domain is accepted: handy for a test, but anybody could send events in your name.",
  },
  "site.domainsMissing": {
    es: "Escribe al menos un dominio, o * para aceptar todos.",
    pt: "Escreva pelo menos um domínio, ou * para aceitar todos.",
    en: "Enter at least one domain, or * to accept all.",
  },
  "site.domainsWrong": {
    es: "No es un dominio: {domain}",
    pt: "Não é um domínio: {domain}",
    en: "Not a domain: {domain}",
  },
  "site.starAlone": {
    es: "Con * no hacen falta otros dominios: quita unos u otro.",
    pt: "Com * não são necessários outros domínios: remova um ou outros.",
    en: "With * no other domain is needed: remove one or the others.",
  },
  "site.create": { es: "Crear sitio", pt: "Criar site", en: "Create site" },
  "site.createTitle": { es: "Nuevo sitio", pt: "Novo site", en: "New site" },
  "site.editTitle": { es: "Editar sitio", pt: "Editar site", en: "Edit site" },

  "snippet.title": {
    es: "Código para pegar",
    pt: "Código para colar",
    en: "Code to paste",
  },
  "snippet.hint": {
    es: "Pégalo una sola vez, antes de </head>, en todas las páginas.",
    pt: "Cole uma única vez, antes de </head>, em todas as páginas.",
    en: "Paste it once, before </head>, on every page.",
  },
  "snippet.copy": { es: "Copiar código", pt: "Copiar código", en: "Copy code" },
  "snippet.label": {
    es: "Código de {name}",
    pt: "Código de {name}",
    en: "Code of {name}",
  },
  "snippet.where": { es: "Dónde pegarlo", pt: "Onde colar", en: "Where to paste it" },
  "snippet.html": { es: "HTML", pt: "HTML", en: "HTML" },
  "snippet.html.1": {
    es: "Abre la plantilla que comparten todas tus páginas.",
    pt: "Abra o modelo que todas as suas páginas usam.",
    en: "Open the template that all your pages share.",
  },
  "snippet.html.2": {
    es: "Pega el código justo antes de </head>.",
    pt: "Cole o código logo antes de </head>.",
    en: "Paste the code right before </head>.",
  },
  "snippet.html.3": {
    es: "Publica el cambio y abre tu sitio.",
    pt: "Publique a mudança e abra seu site.",
    en: "Publish the change and open your site.",
  },
  "snippet.wordpress": { es: "WordPress", pt: "WordPress", en: "WordPress" },
  "snippet.wordpress.1": {
    es: "Instala un plugin para insertar código en la cabecera, como WPCode.",
    pt: "Instale um plugin para inserir código no cabeçalho, como o WPCode.",
    en: "Install a plugin that inserts code into the header, such as WPCode.",
  },
  "snippet.wordpress.2": {
    es: "Pega el código en «Header» y guarda.",
    pt: "Cole o código em «Header» e salve.",
    en: "Paste the code under “Header” and save.",
  },
  "snippet.wordpress.3": {
    es: "Vacía la caché, si usas una, y abre tu sitio.",
    pt: "Limpe o cache, se usar um, e abra seu site.",
    en: "Clear the cache, if you use one, and open your site.",
  },
  "snippet.ghl": { es: "GoHighLevel", pt: "GoHighLevel", en: "GoHighLevel" },
  "snippet.ghl.1": {
    es: "En Sites, abre tu funnel o sitio web y entra en Settings.",
    pt: "Em Sites, abra seu funil ou site e entre em Settings.",
    en: "Under Sites, open your funnel or website and go to Settings.",
  },
  "snippet.ghl.2": {
    es: "Pega el código en «Head tracking code» y guarda.",
    pt: "Cole o código em «Head tracking code» e salve.",
    en: "Paste the code under “Head tracking code” and save.",
  },
  "snippet.ghl.3": {
    es: "Abre la página publicada, no la vista previa.",
    pt: "Abra a página publicada, não a prévia.",
    en: "Open the published page, not the preview.",
  },
  "snippet.gtm": {
    es: "Google Tag Manager",
    pt: "Google Tag Manager",
    en: "Google Tag Manager",
  },
  "snippet.gtm.1": {
    es: "Crea una etiqueta de tipo «HTML personalizado» y pega el código.",
    pt: "Crie uma tag do tipo «HTML personalizado» e cole o código.",
    en: "Create a tag of type “Custom HTML” and paste the code.",
  },
  "snippet.gtm.2": {
    es: "Elige el activador «All Pages».",
    pt: "Escolha o acionador «All Pages».",
    en: "Choose the trigger “All Pages”.",
  },
  "snippet.gtm.3": {
    es: "Guarda y publica el contenedor.",
    pt: "Salve e publique o contêiner.",
    en: "Save and publish the container.",
  },

  "check.title": { es: "¿Funciona?", pt: "Está funcionando?", en: "Is it working?" },
  "check.waiting": {
    es: "Esperando el primer evento…",
    pt: "Esperando o primeiro evento…",
    en: "Waiting for the first event…",
  },
  "check.waitingText": {
    es: "Abre tu sitio en otra pestaña. Esto cambia solo en unos segundos.",
    pt: "Abra seu site em outra aba. Isto muda sozinho em alguns segundos.",
    en: "Open your site in another tab. This changes by itself within seconds.",
  },
  "check.works": { es: "Funciona", pt: "Está funcionando", en: "It works" },
  "check.first": {
    es: "Primer evento: {time}",
    pt: "Primeiro evento: {time}",
    en: "First event: {time}",
  },
  "check.toOverview": {
    es: "Ver el resumen",
    pt: "Ver a visão geral",
    en: "See the overview",
  },
  "check.slow": {
    es: "¿Sigue sin llegar? Revisa esto:",
    pt: "Ainda não chegou? Verifique:",
    en: "Still nothing? Check these:",
  },
  "check.hint.published": {
    es: "El cambio está publicado y la caché del sitio está vacía.",
    pt: "A mudança está publicada e o cache do site está vazio.",
    en: "The change is published and the site's cache is cleared.",
  },
  "check.hint.domain": {
    es: "El dominio que ves en el navegador está en la lista del sitio.",
    pt: "O domínio que você vê no navegador está na lista do site.",
    en: "The domain you see in the browser is in the site's list.",
  },
  "check.hint.blocker": {
    es: "Ningún bloqueador de anuncios detiene snip.js: prueba en una ventana privada.",
    pt: "Nenhum bloqueador de anúncios impede snip.js: teste em uma janela anônima.",
    en: "No ad blocker stops snip.js: try a private window.",
  },
  "check.hint.privacy": {
    es: "Tu navegador no envía «Do Not Track» ni Global Privacy Control: Pista los respeta y no cuenta esas visitas.",
    pt: "Seu navegador não envia «Do Not Track» nem Global Privacy Control: o Pista os respeita e não conta essas visitas.",
    en: "Your browser does not send Do Not Track or Global Privacy Control: Pista obeys them and does not count those visits.",
  },
  "check.hint.reachable": {
    es: "Tu sitio llega a la dirección de Pista que figura en el código, con https si tu sitio usa https.",
    pt: "Seu site alcança o endereço do Pista que está no código, com https se o site usa https.",
    en: "Your site can reach the Pista address in the code, over https if your site uses https.",
  },
} as const satisfies Catalogue;
