import { ApiError } from "./client";
import type { Problem } from "./model";

/**
 * Sends a file as it is, and tells how much of it has left; `fetch` would not tell. Rejects with an
 * `ApiError`, or with the signal's reason where it was given up.
 */
export function upload<T>(
  path: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as T);
      } else {
        reject(problemOf(request));
      }
    };
    request.onerror = () =>
      reject(new ApiError(0, "unreachable", "The server did not answer."));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function problemOf({ status, responseText, statusText }: XMLHttpRequest): ApiError {
  try {
    const problem = JSON.parse(responseText) as Partial<Problem>;
    const code = problem.code ?? `http_${String(status)}`;
    return new ApiError(status, code, problem.detail ?? statusText);
  } catch {
    // A proxy in front of Pista answers with a page of its own.
    return new ApiError(status, `http_${String(status)}`, statusText);
  }
}
