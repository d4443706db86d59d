import type { Icon } from "@tabler/icons-react";

import { useSpeech } from "../lib/i18n";
import { LinkButton } from "./links";
import { Panel } from "./Panel";
import { Empty } from "./States";

interface UntouchedProps {
  icon: Icon;
  title: string;
  text: string;
}

/** In place of figures, where no event of any site has ever arrived: the way to the snippet. */
export function Untouched({ icon: Icon, title, text }: UntouchedProps) {
  const { t } = useSpeech();
  return (
    <Panel>
      <Empty
        icon={<Icon size={28} />}
        title={title}
        text={text}
        action={<LinkButton to="/settings/sites">{t("breakdown.toSites")}</LinkButton>}
      />
    </Panel>
  );
}
