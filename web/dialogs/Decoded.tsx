import type { AttributeRow, BlockRow, Inspection } from "../hsm";
import { visible } from "../words/words.ts";
import { type Fact, blocksOf, saysBlock, shortened } from "../files/decode.ts";
import { blockFacts, blockName, size } from "../files/words.ts";

/** Decoded shows what the engine has read in a text. */
export function Decoded({ sight: { kind, attributes, blocks }, text }: { sight: Inspection; text: string }) {
  if (kind === "pem") return <Blocks rows={blocks} text={text} />;
  const servers = [...new Set(attributes.map((a) => a.on))];
  return <>{servers.map((on) => <Attributes key={on} on={on} rows={attributes.filter((a) => a.on === on)} />)}</>;
}

/** Attributes are those that were read on one server, or on none in particular. */
function Attributes({ on, rows }: { on: string; rows: AttributeRow[] }) {
  return (
    <table aria-label="What the file says">
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
export function broken(name: string) {
  return name.split(/(?<=_)/).map((part, i) => <>{i > 0 && <wbr />}{part}</>);
}

function Blocks({ rows, text }: { rows: BlockRow[]; text: string }) {
  const bodies = blocksOf(text);
  return (
    <table class="blocks" aria-label="Blocks of the file">
      <thead><tr><th scope="col">Block</th><th scope="col">What it is</th></tr></thead>
      <tbody>
        {rows.map((b, i) => (
          <tr key={b.id}>
            <th scope="row"><code>{visible(b.label)}</code> <span class="remark">{size(b.size)}</span></th>
            <td>{blockName(b)} {[...blockFacts(b), ...saysBlock(bodies[i] ?? "")].map((fact) => <span key={fact} class="remark">{fact}</span>)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Facts shows what the page has read in a file. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <table aria-label="What the file says">
      <thead><tr><th scope="col">Field</th><th scope="col">Value</th></tr></thead>
      <tbody>
        {facts.map((f) => (
          <tr key={f.name}>
            <th scope="row"><code>{visible(f.name)}</code> {f.means !== "" && <span class="remark">{f.means}</span>}</th>
            <td><code>{visible(shortened(f.value))}</code></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
