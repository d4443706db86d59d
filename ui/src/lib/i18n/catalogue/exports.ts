import type { Catalogue } from "../text";

export const exports = {
  "exports.title": { es: "Exportaciones", pt: "Exportações", en: "Exports" },
  "exports.intro": {
    es: "Tus eventos como archivos, uno por día, que BigQuery, Snowflake, DuckDB y Spark leen tal cual.",
    pt: "Seus eventos como arquivos, um por dia, que BigQuery, Snowflake, DuckDB e Spark leem como estão.",
    en: "Your events as files, one a day, that BigQuery, Snowflake, DuckDB and Spark read as they are.",
  },
  "exports.daily": {
    es: "Exportación diaria",
    pt: "Exportação diária",
    en: "Daily export",
  },
  "exports.dailyHint": {
    es: "Cada día se escribe el día anterior (UTC) en cuanto termina.",
    pt: "A cada dia é escrito o dia anterior (UTC), assim que termina.",
    en: "Every day the day before (of UTC) is written, once it is over.",
  },
  "exports.on": { es: "Activa", pt: "Ativa", en: "On" },
  "exports.format": { es: "Formato", pt: "Formato", en: "Format" },
  "exports.format.parquet": { es: "Parquet", pt: "Parquet", en: "Parquet" },
  "exports.format.csv": { es: "CSV (gzip)", pt: "CSV (gzip)", en: "CSV (gzip)" },
  "exports.format.ndjson": {
    es: "NDJSON (gzip)",
    pt: "NDJSON (gzip)",
    en: "NDJSON (gzip)",
  },
  "exports.target": { es: "Destino", pt: "Destino", en: "Goes to" },
  "exports.target.folder": {
    es: "Este servidor",
    pt: "Este servidor",
    en: "This server",
  },
  "exports.target.s3": { es: "Bucket S3", pt: "Bucket S3", en: "S3 bucket" },
  "exports.folderHint": {
    es: "En la carpeta de datos del servidor; los archivos se descargan desde aquí.",
    pt: "Na pasta de dados do servidor; os arquivos são baixados daqui.",
    en: "Into the server's data folder; files can be downloaded here.",
  },
  "exports.s3Hint": {
    es: "En el bucket que el servidor tiene configurado.",
    pt: "No bucket configurado no servidor.",
    en: "Into the bucket that the server is set up with.",
  },
  "exports.noS3": {
    es: "Para usar un bucket S3, configura PISTA_S3_BUCKET y sus claves en el servidor.",
    pt: "Para usar um bucket S3, configure PISTA_S3_BUCKET e suas chaves no servidor.",
    en: "To use an S3 bucket, set PISTA_S3_BUCKET and its keys on the server.",
  },
  "exports.hour": { es: "Hora", pt: "Hora", en: "Time" },
  "exports.hourZone": {
    es: "Hora de {city}",
    pt: "Horário de {city}",
    en: "{city} time",
  },
  "exports.prefix": { es: "Carpeta", pt: "Pasta", en: "Folder" },
  "exports.badPrefix": {
    es: "Letras sin acento, números y - _ . =, separados por /. No puede empezar con «requested».",
    pt: "Letras sem acento, números e - _ . =, separados por /. Não pode começar com “requested”.",
    en: "Plain letters, digits and - _ . =, separated by /. It may not begin with “requested”.",
  },
  "exports.lastDay": {
    es: "Exportado hasta el {day}.",
    pt: "Exportado até {day}.",
    en: "Exported up to {day}.",
  },
  "exports.noDayYet": {
    es: "Todavía no se exportó ningún día.",
    pt: "Nenhum dia foi exportado ainda.",
    en: "No day has been exported yet.",
  },
  "exports.lastError": {
    es: "La última exportación falló",
    pt: "A última exportação falhou",
    en: "The last export failed",
  },
  "exports.new": { es: "Exportar ahora", pt: "Exportar agora", en: "Export now" },
  "exports.newHint": {
    es: "Días de UTC, ambos incluidos.",
    pt: "Dias de UTC, ambos incluídos.",
    en: "Days of UTC, both included.",
  },
  "exports.wrongDays": {
    es: "Elige de 1 a {count} días, hasta hoy.",
    pt: "Escolha de 1 a {count} dias, até hoje.",
    en: "Choose 1 to {count} days, up to today.",
  },
  "exports.days": {
    es: { one: "{count} día", other: "{count} días" },
    pt: { one: "{count} dia", other: "{count} dias" },
    en: { one: "{count} day", other: "{count} days" },
  },
  "exports.send": { es: "Exportar", pt: "Exportar", en: "Export" },
  "exports.asked": {
    es: "La exportación empieza en un momento.",
    pt: "A exportação começa em um instante.",
    en: "The export begins in a moment.",
  },
  "exports.made": { es: "Hechas", pt: "Feitas", en: "Made so far" },
  "exports.madeHint": {
    es: "Lo que está en marcha avanza solo.",
    pt: "O que está em andamento avança sozinho.",
    en: "What is under way moves by itself.",
  },
  "exports.empty": {
    es: "Todavía no hay exportaciones",
    pt: "Ainda não há exportações",
    en: "There are no exports yet",
  },
  "exports.emptyHint": {
    es: "Activa la diaria, o exporta unos días ahora.",
    pt: "Ative a diária, ou exporte alguns dias agora.",
    en: "Switch the daily one on, or export some days now.",
  },
  "exports.older": { es: "Ver anteriores", pt: "Ver anteriores", en: "Show older ones" },
  "exports.byItself": {
    es: "la exportación diaria",
    pt: "exportação diária",
    en: "the daily export",
  },
  "exports.askedBy": {
    es: "Por {name}, {time}",
    pt: "Por {name}, {time}",
    en: "By {name}, {time}",
  },
  "exports.state.waiting": { es: "En espera", pt: "Em espera", en: "Waiting" },
  "exports.state.running": { es: "Exportando", pt: "Exportando", en: "Exporting" },
  "exports.state.done": { es: "Lista", pt: "Pronta", en: "Done" },
  "exports.state.failed": { es: "Falló", pt: "Falhou", en: "Failed" },
  "exports.state.cancelled": { es: "Cancelada", pt: "Cancelada", en: "Cancelled" },
  "exports.progress": {
    es: "{done} de {total} días",
    pt: "{done} de {total} dias",
    en: "{done} of {total} days",
  },
  "exports.cancelOf": {
    es: "Cancelar la exportación {days}",
    pt: "Cancelar a exportação {days}",
    en: "Cancel the export {days}",
  },
  "exports.retryOf": {
    es: "Reintentar la exportación {days}",
    pt: "Tentar de novo a exportação {days}",
    en: "Try the export {days} again",
  },
  "exports.files": {
    es: { one: "{count} archivo", other: "{count} archivos" },
    pt: { one: "{count} arquivo", other: "{count} arquivos" },
    en: { one: "{count} file", other: "{count} files" },
  },
  "exports.noFiles": {
    es: "Sin eventos esos días: no hay archivos.",
    pt: "Sem eventos nesses dias: não há arquivos.",
    en: "No events on those days, so no files.",
  },
  "exports.inBucket": {
    es: "Estos archivos están en el bucket.",
    pt: "Estes arquivos estão no bucket.",
    en: "These files are in the bucket.",
  },
  "exports.fileList": {
    es: "Archivos de la exportación",
    pt: "Arquivos da exportação",
    en: "Files of the export",
  },
  "exports.file": { es: "Archivo", pt: "Arquivo", en: "File" },
  "exports.load": {
    es: "Cargar los archivos",
    pt: "Carregar os arquivos",
    en: "Load the files",
  },
  "exports.loadHint": {
    es: "Para la exportación diaria; las demás tienen la misma forma.",
    pt: "Para a exportação diária; as outras têm a mesma forma.",
    en: "For the daily export; the others have the same layout.",
  },
  "exports.loadBucket": {
    es: "Cambia BUCKET por el tuyo. Los archivos tienen que estar en un bucket.",
    pt: "Troque BUCKET pelo seu. Os arquivos precisam estar em um bucket.",
    en: "Put your own for BUCKET. The files have to be in a bucket.",
  },
  "exports.loadPath": {
    es: "Cambia la primera parte de la ruta por la tuya.",
    pt: "Troque a primeira parte do caminho pela sua.",
    en: "Put your own for the first part of the path.",
  },
  "exports.statement": {
    es: "Instrucción para {name}",
    pt: "Instrução para {name}",
    en: "Statement for {name}",
  },
  "exports.countNote": {
    es: "Una fila puede ser varios eventos iguales: suma la columna count. Los bots están incluidos, con la columna bot llena.",
    pt: "Uma linha pode ser vários eventos iguais: some a coluna count. Os bots estão incluídos, com a coluna bot preenchida.",
    en: "A row may stand for several equal events: add up the column count. Bots are included, with the column bot filled in.",
  },
  "error.too_many_exports": {
    es: "Ya hay diez exportaciones en marcha. Espera a que termine una, o cancélala.",
    pt: "Já há dez exportações em andamento. Espere uma terminar, ou cancele.",
    en: "Ten exports are under way already. Wait for one, or cancel it.",
  },
  "error.export_finished": {
    es: "Esta exportación ya terminó.",
    pt: "Esta exportação já terminou.",
    en: "This export has ended already.",
  },
  "error.export_not_failed": {
    es: "Esta exportación no se puede reintentar ahora.",
    pt: "Não dá para tentar esta exportação de novo agora.",
    en: "This export cannot be tried again now.",
  },
} as const satisfies Catalogue;
