import { Operations } from "../../features/operations/Operations";

export function OperationsPage() {
  return <Operations />;
}
