import { IconFileUpload } from "@tabler/icons-react";
import { useRef, useState, type DragEvent, type HTMLAttributes } from "react";

import { useSpeech } from "../../lib/i18n";
import classes from "./Inbox.module.css";

interface Drop {
  /** Somebody holds files over it. */
  over: boolean;
  props: HTMLAttributes<HTMLElement>;
}

/** Files can be dropped here; what else is dragged is left alone. */
export function useDrop(onFiles: (files: File[]) => void): Drop {
  const [over, setOver] = useState(false);
  // A drag enters and leaves each part that lies on the way.
  const depth = useRef(0);
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes("Files");
  return {
    over,
    props: {
      onDragEnter: (event) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragLeave: (event) => {
        if (!hasFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) setOver(false);
      },
      onDragOver: (event) => {
        if (hasFiles(event)) event.preventDefault();
      },
      onDrop: (event) => {
        depth.current = 0;
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}

export function DropHere() {
  const { t } = useSpeech();
  return (
    <div className={classes.drop} aria-hidden="true">
      <IconFileUpload size={32} stroke={1.5} />
      {t("inbox.dropHere")}
    </div>
  );
}
