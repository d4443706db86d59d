import type { Catalogue } from "../text";

export const secondFactor = {
  "factor.title": { es: "Segundo factor", pt: "Segundo fator", en: "Second factor" },
  "factor.hint": {
    es: "Además de la contraseña, un código de una app en tu teléfono.",
    pt: "Além da senha, um código de um app no seu celular.",
    en: "Besides the password, a code from an app on your phone.",
  },
  "factor.on": { es: "Activo", pt: "Ativo", en: "On" },
  "factor.off": { es: "Inactivo", pt: "Inativo", en: "Off" },
  "factor.left": {
    es: {
      one: "Queda {count} código de recuperación.",
      other: "Quedan {count} códigos de recuperación.",
    },
    pt: {
      one: "Resta {count} código de recuperação.",
      other: "Restam {count} códigos de recuperação.",
    },
    en: {
      one: "{count} recovery code is left.",
      other: "{count} recovery codes are left.",
    },
  },
  "factor.setUp": { es: "Configurar", pt: "Configurar", en: "Set up" },
  "factor.switchOff": { es: "Desactivar", pt: "Desativar", en: "Switch off" },
  "factor.newCodes": {
    es: "Nuevos códigos de recuperación",
    pt: "Novos códigos de recuperação",
    en: "New recovery codes",
  },
  "factor.prove": {
    es: "Escribe tu contraseña para continuar.",
    pt: "Escreva sua senha para continuar.",
    en: "Enter your password to go on.",
  },
  "factor.continue": { es: "Continuar", pt: "Continuar", en: "Continue" },
  "factor.scan": {
    es: "Escanea la imagen con tu app de códigos y escribe el código que muestra.",
    pt: "Escaneie a imagem com seu app de códigos e escreva o código que ele mostra.",
    en: "Scan the picture with your app for codes, and enter the code that it shows.",
  },
  "factor.picture": {
    es: "Código QR para la app",
    pt: "Código QR para o app",
    en: "QR code for the app",
  },
  "factor.secret": {
    es: "O escribe esta clave en la app",
    pt: "Ou escreva esta chave no app",
    en: "Or enter this key in the app",
  },
  "factor.code": { es: "Código", pt: "Código", en: "Code" },
  "factor.codeHint": {
    es: "Los seis dígitos de tu app, o un código de recuperación.",
    pt: "Os seis dígitos do seu app, ou um código de recuperação.",
    en: "The six digits of your app, or a recovery code.",
  },
  "factor.codeMissing": {
    es: "Escribe el código.",
    pt: "Escreva o código.",
    en: "Enter the code.",
  },
  "factor.switchOn": { es: "Activar", pt: "Ativar", en: "Switch on" },
  "factor.codes": {
    es: "Códigos de recuperación (se muestran solo ahora)",
    pt: "Códigos de recuperação (mostrados só agora)",
    en: "Recovery codes (shown only now)",
  },
  "factor.codesHint": {
    es: "Guárdalos en un lugar seguro. Cada uno permite entrar una vez sin el teléfono.",
    pt: "Guarde-os em um lugar seguro. Cada um permite entrar uma vez sem o celular.",
    en: "Keep them in a safe place. Each lets you in once without the phone.",
  },
  "factor.copy": {
    es: "Copiar los códigos",
    pt: "Copiar os códigos",
    en: "Copy the codes",
  },
  "factor.require": {
    es: "Exigir a todas las personas de la empresa",
    pt: "Exigir de todas as pessoas da empresa",
    en: "Require it of everybody in the company",
  },
  "factor.requireHint": {
    es: "Quien no lo tenga tendrá que configurarlo antes de seguir, también si ya inició sesión. Las claves de API siguen igual.",
    pt: "Quem não tiver terá que configurá-lo antes de continuar, mesmo com a sessão aberta. As chaves de API continuam iguais.",
    en: "Whoever has none has to set it up before going on, also if already signed in. API keys go on as they are.",
  },
  "factor.first": {
    es: "Configura tu segundo factor",
    pt: "Configure seu segundo fator",
    en: "Set up your second factor",
  },
  "factor.firstHint": {
    es: "{company} lo exige a todas las personas. Hasta entonces no puedes hacer nada más.",
    pt: "{company} exige isso de todas as pessoas. Até lá, você não pode fazer mais nada.",
    en: "{company} requires it of everybody. Until then you can do nothing else.",
  },
  "people.factorOff": {
    es: "Desactivar su segundo factor",
    pt: "Desativar seu segundo fator",
    en: "Switch off their second factor",
  },

  "audit.action.second_factor_on": {
    es: "Segundo factor activado",
    pt: "Segundo fator ativado",
    en: "Second factor on",
  },
  "audit.action.second_factor_off": {
    es: "Segundo factor desactivado",
    pt: "Segundo fator desativado",
    en: "Second factor off",
  },
  "audit.action.recovery_codes_renewed": {
    es: "Códigos de recuperación nuevos",
    pt: "Novos códigos de recuperação",
    en: "New recovery codes",
  },

  "error.second_factor_required": {
    es: "Tu empresa exige un segundo factor.",
    pt: "Sua empresa exige um segundo fator.",
    en: "Your company requires a second factor.",
  },
  "error.second_factor_needed": {
    es: "Escribe también el código de tu app.",
    pt: "Escreva também o código do seu app.",
    en: "Enter the code of your app, too.",
  },
  "error.second_factor_wrong": {
    es: "El código no es correcto o ya se usó. Espera el siguiente.",
    pt: "O código não está correto ou já foi usado. Espere o próximo.",
    en: "The code is not right, or was used already. Wait for the next one.",
  },
  "error.code_wrong": {
    es: "El código no es correcto. Revisa la hora de tu teléfono.",
    pt: "O código não está correto. Verifique o relógio do seu celular.",
    en: "The code is not right. Look at the clock of your phone.",
  },
} as const satisfies Catalogue;
