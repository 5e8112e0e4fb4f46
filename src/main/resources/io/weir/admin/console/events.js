// Reads server-sent events from a response, as the browser's own EventSource would; that one cannot say from where to go on.

/**
 * Calls back for each event until the stream ends.
 * @param body the response's
 * @param heard is called for whatever comes, comments included
 * @param event gets {id, name, data}
 */
export async function readEvents(body, heard, event) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  /** @type {{id?: string, event?: string, data?: string}} */
  let fields = {};
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    heard();
    const lines = (rest + part.value).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        tell(fields, event);
        fields = {};
      } else {
        add(fields, line);
      }
    }
  }
}

/** @param {{id?: string, event?: string, data?: string}} fields @param {(event: {id?: string, name: string, data: string}) => void} event */
function tell({ id, event: name = 'message', data }, event) {
  if (data !== undefined || name !== 'message') {
    event({ id, name, data: data ?? '' });
  }
}

/** A line that begins with a colon is a comment. */
function add(fields, line) {
  const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
  if (name) {
    fields[name] = name === 'data' && fields.data !== undefined ? `${fields.data}\n${value}` : value;
  }
}
