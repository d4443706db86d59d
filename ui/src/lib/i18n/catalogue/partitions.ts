import type { Catalogue } from "../text";

export const partitions = {
  "partitions.title": {
    es: "Retención y particiones",
    pt: "Retenção e partições",
    en: "Retention and partitions",
  },
  "partitions.intro": {
    es: "Los eventos se guardan por meses (UTC). Aquí ves cuánto ocupa cada uno, cuánto tiempo se conserva, y puedes borrar un mes.",
    pt: "Os eventos são guardados por meses (UTC). Aqui você vê quanto cada um ocupa, por quanto tempo é mantido, e pode apagar um mês.",
    en: "Events are stored by months (UTC). Here you see what each one takes, how long it is kept, and can remove a month.",
  },
  "partitions.shared": {
    es: "En esta instalación hay eventos de otras empresas, en los mismos meses. Por eso ves cuántos eventos son tuyos, y no cuánto disco ocupan.",
    pt: "Nesta instalação há eventos de outras empresas, nos mesmos meses. Por isso você vê quantos eventos são seus, e não quanto disco ocupam.",
    en: "Other companies have events on this installation, in the same months. So you see how many events are yours, and not the disk space they take.",
  },
  "partitions.kept": {
    es: "Qué se guarda",
    pt: "O que é guardado",
    en: "What is kept",
  },
  "partitions.accepted": {
    es: "Se aceptan",
    pt: "São aceitos",
    en: "Accepted for",
  },
  "partitions.acceptedHint": {
    es: "Lo anterior se rechaza.",
    pt: "O que é anterior é recusado.",
    en: "What is older is refused.",
  },
  "partitions.monthCount": {
    es: { one: "{count} mes", other: "{count} meses" },
    pt: { one: "{count} mês", other: "{count} meses" },
    en: { one: "{count} month", other: "{count} months" },
  },
  "partitions.cleanup": {
    es: "Se conservan",
    pt: "São mantidos",
    en: "Kept for",
  },
  "partitions.cleanupNext": {
    es: "Próxima limpieza: {time}",
    pt: "Próxima limpeza: {time}",
    en: "Next clean-up: {time}",
  },
  "partitions.cleanupOff": { es: "Siempre", pt: "Para sempre", en: "Ever" },
  "partitions.cleanupOffHint": {
    es: "La limpieza automática está desactivada.",
    pt: "A limpeza automática está desativada.",
    en: "Automatic clean-up is switched off.",
  },
  "partitions.total": {
    es: "Espacio usado",
    pt: "Espaço usado",
    en: "Space used",
  },
  "partitions.totalHint": {
    es: "Eventos y sus resúmenes.",
    pt: "Eventos e seus resumos.",
    en: "Events and their summaries.",
  },
  "partitions.disk": {
    es: "Espacio libre",
    pt: "Espaço livre",
    en: "Space left",
  },
  "partitions.diskOf": {
    es: "de {total} en el disco",
    pt: "de {total} no disco",
    en: "of {total} on the disk",
  },
  "partitions.months": { es: "Meses", pt: "Meses", en: "Months" },
  "partitions.monthsHint": {
    es: "De UTC: cada uno empieza el día 1 a las 00:00. Uno cerrado ya no recibe eventos.",
    pt: "De UTC: cada um começa no dia 1 às 00:00. Um fechado já não recebe eventos.",
    en: "Of UTC: each begins on its first day at 00:00. A closed one takes no more events.",
  },
  "partitions.month": { es: "Mes", pt: "Mês", en: "Month" },
  "partitions.events": { es: "Eventos", pt: "Eventos", en: "Events" },
  "partitions.rows": { es: "Filas", pt: "Linhas", en: "Rows" },
  "partitions.bytes": { es: "Tamaño", pt: "Tamanho", en: "Size" },
  "partitions.measure": {
    es: "Qué se dibuja",
    pt: "O que é desenhado",
    en: "What is drawn",
  },
  "partitions.plotEvents": {
    es: "Eventos de cada mes",
    pt: "Eventos de cada mês",
    en: "Events of each month",
  },
  "partitions.plotBytes": {
    es: "Tamaño de cada mes",
    pt: "Tamanho de cada mês",
    en: "Size of each month",
  },
  "partitions.actions": { es: "Acciones", pt: "Ações", en: "Actions" },
  "partitions.tables": { es: "Ver tablas", pt: "Ver tabelas", en: "Show tables" },
  "partitions.current": { es: "Mes en curso", pt: "Mês atual", en: "This month" },
  "partitions.closed": {
    es: "Cerrado",
    pt: "Fechado",
    en: "Closed",
  },
  "partitions.remove": { es: "Borrar", pt: "Apagar", en: "Remove" },
  "partitions.removeOf": {
    es: "Borrar {month}",
    pt: "Apagar {month}",
    en: "Remove {month}",
  },
  "partitions.removing": { es: "Borrando…", pt: "Apagando…", en: "Removing…" },
  "partitions.partsLeft": {
    es: {
      one: "Borrando: falta {count} parte",
      other: "Borrando: faltan {count} partes",
    },
    pt: {
      one: "Apagando: falta {count} parte",
      other: "Apagando: faltam {count} partes",
    },
    en: {
      one: "Removing: {count} part left",
      other: "Removing: {count} parts left",
    },
  },
  "partitions.sure": {
    es: {
      one: "Se borrará {count} evento con todo lo contado a partir de él: estadísticas, embudos y retención de ese mes. No se puede deshacer.",
      other:
        "Se borrarán {count} eventos con todo lo contado a partir de ellos: estadísticas, embudos y retención de ese mes. No se puede deshacer.",
    },
    pt: {
      one: "Será apagado {count} evento com tudo o que foi contado a partir dele: estatísticas, funis e retenção desse mês. Não dá para desfazer.",
      other:
        "Serão apagados {count} eventos com tudo o que foi contado a partir deles: estatísticas, funis e retenção desse mês. Não dá para desfazer.",
    },
    en: {
      one: "{count} event goes, with all that was counted from it: statistics, funnels and retention of that month. This cannot be undone.",
      other:
        "{count} events go, with all that was counted from them: statistics, funnels and retention of that month. This cannot be undone.",
    },
  },
  "partitions.sureShared": {
    es: "Los eventos de otras empresas no se tocan. El espacio se libera a medida que se reescriben los archivos, lo que puede tardar unos minutos.",
    pt: "Os eventos de outras empresas não são tocados. O espaço é liberado à medida que os arquivos são reescritos, o que pode levar alguns minutos.",
    en: "Other companies' events are not touched. The space is freed as files are rewritten, which may take some minutes.",
  },
  "partitions.sureCurrent": {
    es: "Es el mes en curso: lo que llegue después se volverá a contar.",
    pt: "É o mês atual: o que chegar depois volta a ser contado.",
    en: "This is the month under way: what arrives afterwards is counted again.",
  },
  "partitions.sureAccepted": {
    es: "Todavía se aceptan eventos atrasados de este mes.",
    pt: "Eventos atrasados deste mês ainda são aceitos.",
    en: "Late events of this month are still accepted.",
  },
  "partitions.type": {
    es: "Para confirmar, escribe {month}",
    pt: "Para confirmar, escreva {month}",
    en: "To confirm, write {month}",
  },
  "partitions.removeForEver": {
    es: "Borrar para siempre",
    pt: "Apagar para sempre",
    en: "Remove for ever",
  },
  "partitions.removed": {
    es: {
      one: "Se borró {month}: {count} evento.",
      other: "Se borró {month}: {count} eventos.",
    },
    pt: {
      one: "{month} foi apagado: {count} evento.",
      other: "{month} foi apagado: {count} eventos.",
    },
    en: {
      one: "{month} is removed: {count} event.",
      other: "{month} is removed: {count} events.",
    },
  },
  "partitions.notRemoved": {
    es: "No se pudo borrar {month}.",
    pt: "Não foi possível apagar {month}.",
    en: "{month} could not be removed.",
  },
  "partitions.removals": {
    es: "Meses borrados",
    pt: "Meses apagados",
    en: "Removed months",
  },
  "partitions.askedBy": {
    es: "Lo pidió {name}, {time}",
    pt: "Pedido por {name}, {time}",
    en: "Asked for by {name}, {time}",
  },
  "partitions.eventCount": {
    es: { one: "{count} evento", other: "{count} eventos" },
    pt: { one: "{count} evento", other: "{count} eventos" },
    en: { one: "{count} event", other: "{count} events" },
  },
  "partitions.state.waiting": { es: "En espera", pt: "Em espera", en: "Waiting" },
  "partitions.state.running": { es: "Borrando", pt: "Apagando", en: "Removing" },
  "partitions.state.done": { es: "Borrado", pt: "Apagado", en: "Removed" },
  "partitions.state.failed": { es: "Falló", pt: "Falhou", en: "Failed" },
  "partitions.empty": {
    es: "Todavía no hay eventos guardados",
    pt: "Ainda não há eventos guardados",
    en: "No events are stored yet",
  },
  "partitions.emptyHint": {
    es: "Con el primer evento empieza su mes.",
    pt: "Com o primeiro evento começa o seu mês.",
    en: "The first event begins its month.",
  },
} as const satisfies Catalogue;
