/** What the server says of payments, in the reader's language; what is new here as it is. */
import { useSpeech } from "../../lib/i18n";

const SENTENCES = {
  "The gateway names another amount than was asked for: nothing was changed.":
    "payments.said.otherAmount",
  "This Pix has paid another charge already: nothing was changed.":
    "payments.said.otherCharge",
  "It was paid with another Pix already: this one came besides, and nothing was changed.":
    "payments.said.otherPix",
  "The sale was paid in another way already: this money came besides.":
    "payments.said.twice",
  "The gateway made a code that is not for this amount, or is none.":
    "payments.said.otherCode",
  "The account is switched off.": "payments.said.off",
  "The sale is paid by now.": "payments.said.paid",
  "It is of a payment that was not asked for here.": "payments.said.notOurs",
  "It is about something else than a payment.": "payments.said.notAbout",
  "The body cannot be read.": "payments.said.unreadable",
  "There is no gateway that could be asked.": "payments.said.nobody",
  "It takes no less than 50 cents.": "payments.said.tooLittle",
  "It may have been made; nobody has seen its code.": "payments.said.unknown",
  "It cannot be connected to.": "payments.said.away",
  "Its answer is too long to be one.": "payments.said.badAnswer",
  "Its answer cannot be read.": "payments.said.badAnswer",
  "It names a state that nobody knows.": "payments.said.badAnswer",
} as const;

const ANSWERED = /^It answered (\d+)\.( The token is wrong)?/;
const UNSENT = /^The code was made, and could not be sent: (.*)$/s;

export function useSaid(): (sentence: string) => string {
  const { t } = useSpeech();
  return (sentence) => {
    const answered = ANSWERED.exec(sentence);
    if (answered !== null) {
      const [, status = "", denied] = answered;
      return t(`payments.said.${denied === undefined ? "answered" : "denied"}`, {
        status,
      });
    }
    const [, why] = UNSENT.exec(sentence) ?? [];
    if (why !== undefined) return t("payments.said.unsent", { why });
    if (sentence.startsWith("It gave no answer")) return t("payments.said.away");
    return sentence in SENTENCES
      ? t(SENTENCES[sentence as keyof typeof SENTENCES])
      : sentence;
  };
}
