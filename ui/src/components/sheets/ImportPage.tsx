import { Fragment, type ReactNode } from "react";

import { Page } from "../Page";

export interface ImportScreenProps {
  importId: string | undefined;
  onImport: (importId: string | undefined) => void;
}

interface ImportPageProps extends ImportScreenProps {
  title: string;
  intro: string;
  /** The way to what the rows become. */
  back: ReactNode;
  beginning: ReactNode;
  /** One file that was uploaded; `onOther` begins anew. */
  one: (importId: string, onOther: () => void) => ReactNode;
}

/** Every import: a file is chosen first, and then followed under an address of its own. */
export function ImportPage(props: ImportPageProps) {
  const { importId, onImport } = props;
  return (
    <Page title={props.title} intro={props.intro} actions={props.back}>
      {importId === undefined ? (
        props.beginning
      ) : (
        // Nothing that was typed for one file is taken for another.
        <Fragment key={importId}>
          {props.one(importId, () => onImport(undefined))}
        </Fragment>
      )}
    </Page>
  );
}
