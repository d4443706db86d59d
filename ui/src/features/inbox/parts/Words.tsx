import classes from "../Thread.module.css";
import { spansOf } from "../thread";

/** A text as its writer meant it, with addresses to follow. */
export function Words({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      {spansOf(text).map((span, place) => {
        const key = `${String(place)} ${span.kind}`;
        switch (span.kind) {
          case "bold":
            return <strong key={key}>{span.text}</strong>;
          case "slanted":
            return <em key={key}>{span.text}</em>;
          case "struck":
            return <s key={key}>{span.text}</s>;
          case "code":
            return <code key={key}>{span.text}</code>;
          case "link":
            return (
              <a key={key} href={span.href} target="_blank" rel="noreferrer noopener">
                {span.text}
              </a>
            );
          case "text":
            return span.text;
        }
      })}
    </div>
  );
}
