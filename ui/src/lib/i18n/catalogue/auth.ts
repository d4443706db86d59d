import type { Catalogue } from "../text";

export const auth = {
  "signIn.title": { es: "Iniciar sesión", pt: "Entrar", en: "Sign in" },
  "signIn.welcome": {
    es: "Sigue cada venta hasta el clic que la empezó.",
    pt: "Siga cada venda até o clique que a começou.",
    en: "Follow every sale back to the click that began it.",
  },
  "signIn.over": {
    es: "Tu sesión terminó. Entra de nuevo y sigues donde estabas.",
    pt: "Sua sessão terminou. Entre de novo e continue de onde estava.",
    en: "Your session has ended. Sign in again and go on where you were.",
  },
  "signIn.email": { es: "Correo electrónico", pt: "E-mail", en: "E-mail" },
  "signIn.password": { es: "Contraseña", pt: "Senha", en: "Password" },
  "signIn.showPassword": {
    es: "Mostrar u ocultar la contraseña",
    pt: "Mostrar ou ocultar a senha",
    en: "Show or hide the password",
  },
  "signIn.send": { es: "Entrar", pt: "Entrar", en: "Sign in" },
  "signIn.sending": { es: "Entrando…", pt: "Entrando…", en: "Signing in…" },
  "signIn.emailMissing": {
    es: "Escribe tu correo electrónico.",
    pt: "Escreva seu e-mail.",
    en: "Enter your e-mail.",
  },
  "signIn.passwordMissing": {
    es: "Escribe tu contraseña.",
    pt: "Escreva sua senha.",
    en: "Enter your password.",
  },
  "signIn.firstTime": {
    es: "¿Primera vez? El correo y la contraseña aparecieron al iniciar Pista en el servidor.",
    pt: "Primeira vez? O e-mail e a senha apareceram quando o Pista foi iniciado no servidor.",
    en: "First time? The e-mail and password were shown when Pista started on the server.",
  },
} as const satisfies Catalogue;
