import type { Catalogue } from "../text";

export const people = {
  "nav.people": { es: "Personas", pt: "Pessoas", en: "People" },
  "nav.account": { es: "Mi cuenta", pt: "Minha conta", en: "My account" },

  "people.title": { es: "Personas", pt: "Pessoas", en: "People" },
  "people.intro": {
    es: "Quién entra a Pista en tu empresa y qué puede hacer. Pista no envía correos: los enlaces se copian y se entregan a mano.",
    pt: "Quem entra no Pista na sua empresa e o que pode fazer. O Pista não envia e-mails: os links são copiados e entregues à mão.",
    en: "Who signs in to Pista in your company, and what they may do. Pista sends no e-mail: links are copied and handed over.",
  },
  "people.invite": { es: "Invitar", pt: "Convidar", en: "Invite" },
  "people.list": {
    es: "Quiénes son",
    pt: "Quem são",
    en: "Who they are",
  },
  "people.you": { es: "Tú", pt: "Você", en: "You" },
  "people.factor": { es: "Segundo factor", pt: "Segundo fator", en: "Second factor" },
  "people.off": { es: "Desactivada", pt: "Desativada", en: "Deactivated" },
  "people.roleOf": { es: "Rol de {name}", pt: "Papel de {name}", en: "Role of {name}" },
  "people.seen": {
    es: "Entró por última vez: {time}",
    pt: "Entrou pela última vez: {time}",
    en: "Last signed in: {time}",
  },
  "people.neverSeen": {
    es: "Todavía no ha entrado",
    pt: "Ainda não entrou",
    en: "Has not signed in yet",
  },
  "people.actionsOf": {
    es: "Acciones para {name}",
    pt: "Ações para {name}",
    en: "Actions for {name}",
  },
  "people.reset": {
    es: "Enlace para una contraseña nueva",
    pt: "Link para uma nova senha",
    en: "Link for a new password",
  },
  "people.resetHint": {
    es: "Entrégalo a {name}. Funciona una vez, hasta el {time}, y cierra todas sus sesiones al usarse.",
    pt: "Entregue-o a {name}. Funciona uma vez, até {time}, e encerra todas as suas sessões ao ser usado.",
    en: "Hand it to {name}. It works once, until {time}, and ends all their sessions when used.",
  },
  "people.deactivate": { es: "Desactivar", pt: "Desativar", en: "Deactivate" },
  "people.deactivateOf": {
    es: "¿Desactivar a {name}?",
    pt: "Desativar {name}?",
    en: "Deactivate {name}?",
  },
  "people.deactivateHint": {
    es: "Sus sesiones y pantallas abiertas terminan en este momento y no podrá entrar. Lo que hizo queda, y puedes reactivar la cuenta cuando quieras.",
    pt: "Suas sessões e telas abertas terminam neste momento e não poderá entrar. O que fez permanece, e você pode reativar a conta quando quiser.",
    en: "Their sessions and open screens end at this moment and they cannot sign in. What they did stays, and you can reactivate the account whenever you like.",
  },
  "people.reactivate": { es: "Reactivar", pt: "Reativar", en: "Reactivate" },
  "people.deactivated": {
    es: "{name} ya no puede entrar.",
    pt: "{name} não pode mais entrar.",
    en: "{name} can no longer sign in.",
  },
  "people.invites": {
    es: "Invitaciones abiertas",
    pt: "Convites abertos",
    en: "Open invitations",
  },
  "people.invitesHint": {
    es: "Nadie las ha usado todavía. Para ver otra vez un enlace, invita de nuevo: el anterior deja de valer.",
    pt: "Ninguém os usou ainda. Para ver um link de novo, convide outra vez: o anterior deixa de valer.",
    en: "Nobody has used them yet. To see a link again, invite anew: the older one is void then.",
  },
  "people.noInvites": {
    es: "No hay invitaciones abiertas.",
    pt: "Não há convites abertos.",
    en: "There are no open invitations.",
  },
  "people.until": {
    es: "Vale hasta el {time}",
    pt: "Vale até {time}",
    en: "Valid until {time}",
  },
  "people.withdraw": { es: "Retirar", pt: "Retirar", en: "Withdraw" },
  "people.withdrawOf": {
    es: "Retirar la invitación de {email}",
    pt: "Retirar o convite de {email}",
    en: "Withdraw the invitation of {email}",
  },
  "people.inviteTitle": {
    es: "Invitar a alguien",
    pt: "Convidar alguém",
    en: "Invite somebody",
  },
  "people.role": { es: "Rol", pt: "Papel", en: "Role" },
  "people.may.admin": {
    es: "Configura todo y ve todo.",
    pt: "Configura tudo e vê tudo.",
    en: "Sets everything up and sees everything.",
  },
  "people.may.gtr": {
    es: "Ve las estadísticas y supervisa.",
    pt: "Vê as estatísticas e supervisiona.",
    en: "Sees the statistics and supervises.",
  },
  "people.may.asesor": {
    es: "Atiende a los clientes; no ve estadísticas.",
    pt: "Atende os clientes; não vê estatísticas.",
    en: "Looks after clients; sees no statistics.",
  },
  "people.makeLink": { es: "Crear el enlace", pt: "Criar o link", en: "Make the link" },
  "people.link": {
    es: "Enlace (se muestra solo ahora)",
    pt: "Link (mostrado só agora)",
    en: "Link (shown only now)",
  },
  "people.copyLink": { es: "Copiar el enlace", pt: "Copiar o link", en: "Copy the link" },
  "people.inviteMade": {
    es: "Entrega este enlace a {email}. Funciona una vez, hasta el {time}.",
    pt: "Entregue este link a {email}. Funciona uma vez, até {time}.",
    en: "Hand this link to {email}. It works once, until {time}.",
  },
  "people.done": { es: "Listo", pt: "Pronto", en: "Done" },

  "join.title": {
    es: "Únete a {company}",
    pt: "Entre em {company}",
    en: "Join {company}",
  },
  "join.resetTitle": {
    es: "Elige una contraseña nueva",
    pt: "Escolha uma nova senha",
    en: "Choose a new password",
  },
  "join.pageTitle": { es: "Tu acceso", pt: "Seu acesso", en: "Your access" },
  "join.welcome": {
    es: "Di cómo te llamas y elige una contraseña.",
    pt: "Diga seu nome e escolha uma senha.",
    en: "Say your name and choose a password.",
  },
  "join.resetHint": {
    es: "Todas tus sesiones abiertas terminarán.",
    pt: "Todas as suas sessões abertas terminarão.",
    en: "All your open sessions will end.",
  },
  "join.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "join.nameMissing": {
    es: "Escribe tu nombre.",
    pt: "Escreva seu nome.",
    en: "Enter your name.",
  },
  "join.send": { es: "Entrar", pt: "Entrar", en: "Join" },
  "join.sendReset": {
    es: "Guardar la contraseña",
    pt: "Salvar a senha",
    en: "Save the password",
  },
  "join.void": {
    es: "Este enlace no vale",
    pt: "Este link não vale",
    en: "This link is not valid",
  },
  "join.voidHint": {
    es: "Ya se usó, fue retirado o venció. Pide uno nuevo a quien administra Pista en tu empresa.",
    pt: "Já foi usado, foi retirado ou venceu. Peça um novo a quem administra o Pista na sua empresa.",
    en: "It was used, withdrawn, or has expired. Ask whoever administers Pista in your company for a new one.",
  },
  "join.changed": {
    es: "Tu contraseña es nueva",
    pt: "Sua senha é nova",
    en: "Your password is changed",
  },
  "join.changedHint": {
    es: "Ya puedes entrar con ella.",
    pt: "Agora você pode entrar com ela.",
    en: "You can sign in with it now.",
  },

  "password.new": { es: "Contraseña nueva", pt: "Nova senha", en: "New password" },
  "password.rule": {
    es: "Al menos 10 caracteres; ni palabras comunes ni tu nombre o correo. Una frase corta sirve.",
    pt: "Pelo menos 10 caracteres; nem palavras comuns nem seu nome ou e-mail. Uma frase curta serve.",
    en: "At least 10 characters; no common words, not your name or e-mail. A short sentence will do.",
  },
  "password.short": {
    es: "Faltan {count} caracteres.",
    pt: "Faltam {count} caracteres.",
    en: "{count} more characters.",
  },

  "account.title": { es: "Mi cuenta", pt: "Minha conta", en: "My account" },
  "account.intro": {
    es: "Cómo entras a Pista.",
    pt: "Como você entra no Pista.",
    en: "How you sign in to Pista.",
  },
  "account.password": { es: "Contraseña", pt: "Senha", en: "Password" },
  "account.passwordHint": {
    es: "Al cambiarla terminan tus otras sesiones; esta sigue.",
    pt: "Ao trocá-la, suas outras sessões terminam; esta continua.",
    en: "Changing it ends your other sessions; this one stays.",
  },
  "account.current": {
    es: "Contraseña actual",
    pt: "Senha atual",
    en: "Current password",
  },
  "account.change": {
    es: "Cambiar la contraseña",
    pt: "Trocar a senha",
    en: "Change the password",
  },
  "account.changed": {
    es: "Tu contraseña cambió.",
    pt: "Sua senha mudou.",
    en: "Your password is changed.",
  },

  "error.last_admin": {
    es: "Es la última persona que administra la empresa. Da ese rol a alguien más antes.",
    pt: "É a última pessoa que administra a empresa. Dê esse papel a mais alguém antes.",
    en: "This is the company's last administrator. Give somebody else that role first.",
  },
  "error.email_taken": {
    es: "Ya hay una persona con este correo.",
    pt: "Já existe uma pessoa com este e-mail.",
    en: "There is somebody with this e-mail already.",
  },
  "error.user_deactivated": {
    es: "Esta cuenta está desactivada. Reactívala primero.",
    pt: "Esta conta está desativada. Reative-a primeiro.",
    en: "This account is deactivated. Reactivate it first.",
  },
  "error.wrong_password": {
    es: "La contraseña actual no es correcta.",
    pt: "A senha atual não está correta.",
    en: "The current password is not right.",
  },
  "error.weak_password": {
    es: "Esta contraseña es fácil de adivinar. Elige otra: una frase corta sirve.",
    pt: "Esta senha é fácil de adivinhar. Escolha outra: uma frase curta serve.",
    en: "This password is easy to guess. Choose another: a short sentence will do.",
  },
  "error.link_not_valid": {
    es: "Este enlace ya se usó, fue retirado o venció.",
    pt: "Este link já foi usado, foi retirado ou venceu.",
    en: "This link was used, withdrawn, or has expired.",
  },
} as const satisfies Catalogue;
