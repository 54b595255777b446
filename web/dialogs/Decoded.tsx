import type { AttributeRow, BlockRow, Inspection } from "../hsm";
import { visible } from "../words/words.ts";
import { blockFacts, blockName, size } from "../files/words.ts";

/** Decoded shows what the engine has read in a file. */
export function Decoded({ sight: { kind, attributes, blocks } }: { sight: Inspection }) {
  if (kind === "pem") return <Blocks rows={blocks} />;
  const servers = [...new Set(attributes.map((a) => a.on))];
  return <>{servers.map((on) => <Attributes key={on} on={on} rows={attributes.filter((a) => a.on === on)} />)}</>;
}

/** Attributes are those that were read on one server, or on none in particular. */
function Attributes({ on, rows }: { on: string; rows: AttributeRow[] }) {
  return (
    <table>
      {on !== "" && <caption>On {visible(on)}</caption>}
      <thead><tr><th scope="col">Attribute</th><th scope="col">Value</th></tr></thead>
      <tbody>
        {rows.map((a) => (
          <tr key={a.id}>
            <th scope="row"><code>{broken(a.name)}</code> <span class="none">{a.number}</span> <span class="remark">{a.means}</span></th>
            <td><code>{visible(a.value)}</code> {a.reads}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** broken lets a long name go on in the next line behind an underscore. */
function broken(name: string) {
  return name.split(/(?<=_)/).map((part, i) => <>{i > 0 && <wbr />}{part}</>);
}

function Blocks({ rows }: { rows: BlockRow[] }) {
  return (
    <table class="blocks">
      <thead><tr><th scope="col">Block</th><th scope="col">What it is</th></tr></thead>
      <tbody>
        {rows.map((b) => (
          <tr key={b.id}>
            <th scope="row"><code>{visible(b.label)}</code> <span class="remark">{size(b.size)}</span></th>
            <td>{blockName(b)} {blockFacts(b).map((fact) => <span key={fact} class="remark">{fact}</span>)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
