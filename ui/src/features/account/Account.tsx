import { Page } from "../../components/Page";
import { useSpeech } from "../../lib/i18n";
import { OwnPassword } from "./OwnPassword";
import { OwnSessionsPanel } from "./OwnSessions";
import { SecondFactor } from "./SecondFactor";

/** How the signed-in person gets in. */
export function AccountScreen() {
  const { t } = useSpeech();
  return (
    <Page title={t("account.title")} intro={t("account.intro")}>
      <OwnPassword />
      <SecondFactor />
      <OwnSessionsPanel />
    </Page>
  );
}
