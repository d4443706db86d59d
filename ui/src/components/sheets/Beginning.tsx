import type { ReactNode } from "react";

import { EarlierFiles, type Earlier } from "./EarlierFiles";
import { FileChoice } from "./FileChoice";

interface BeginningProps<One extends Earlier> {
  upload: {
    isPending: boolean;
    error: Error | null;
    mutate: (file: File, then: { onSuccess: (made: { id: string }) => void }) => void;
  };
  /** What does not happen yet. */
  note: string;
  items: readonly One[];
  stateOf: (one: One) => string;
  onImport: (importId: string) => void;
  children?: ReactNode;
}

/** A file to choose, and those that were imported before. */
export function Beginning<One extends Earlier>(props: BeginningProps<One>) {
  const { upload, onImport } = props;
  return (
    <>
      <FileChoice
        note={props.note}
        upload={{
          isPending: upload.isPending,
          error: upload.error,
          mutate: (file) => upload.mutate(file, { onSuccess: ({ id }) => onImport(id) }),
        }}
      />
      {props.children}
      <EarlierFiles items={props.items} stateOf={props.stateOf} onOpen={onImport} />
    </>
  );
}
