import protobuf from 'protobufjs';

/** What is needed of ONNX (onnx.proto3): the rest of a file is kept as bytes or not there in models for recognition. */
const { Model } = messages({
  Model: { irVersion: '1 int64', producer: '2 string', graph: '7 Graph', opset: '8 bytes*' },
  Graph: { node: '1 Node*', name: '2 string', initializer: '5 bytes*', input: '11 bytes*', output: '12 bytes*' },
  Node: {
    input: '1 string*',
    output: '2 string*',
    name: '3 string',
    opType: '4 string',
    attribute: '5 Attribute*',
    domain: '7 string',
  },
  Attribute: {
    name: '1 string',
    f: '2 float',
    i: '3 int64',
    s: '4 bytes',
    t: '5 Tensor',
    floats: '7 float*',
    ints: '8 int64*',
    type: '20 int32',
  },
  Tensor: {
    dims: '1 int64*',
    dataType: '2 int32',
    floatData: '4 float*',
    int32Data: '5 int32*',
    int64Data: '7 int64*',
    name: '8 string',
    rawData: '9 bytes',
  },
});

interface Tensor {
  rawData: Uint8Array;
}

interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly t?: Tensor;
  readonly ints?: readonly { toString(): string }[];
}

interface Node {
  input: string[];
  output: string[];
  opType: string;
  attribute: Attribute[];
}

/** Kind of an attribute that holds a float. */
const floatAttribute = 1;

/**
 * A model of PP-OCR (an ONNX file) with the same answers in three quarters of the time. Its blocks, as exported, scale
 * and shift each convolution and each activation by one number, and take the activation (hard swish) apart into four
 * steps, each a pass over everything: half of the time goes there. Here the numbers go into the weights of convolutions
 * and the activation becomes two steps. What has no such blocks is given back as it was.
 */
export function leanModel(bytes: Uint8Array): Uint8Array {
  const model = Model.decode(bytes) as unknown as { graph: { node: Node[] } };
  const graph = graphOf(model.graph.node);
  for (const node of graph.nodes) if (node.opType === 'Conv') foldScaleBehind(node, graph);
  for (const node of graph.nodes) if (node.opType === 'Div') shortenHardSwish(node, graph);
  if (graph.dropped.size === 0) return bytes;
  model.graph.node = graph.nodes.filter((node) => !graph.dropped.has(node));
  return Model.encode(model).finish();
}

interface Graph {
  readonly nodes: readonly Node[];
  readonly dropped: Set<Node>;
  /** The numbers of a constant; undefined where it is none. */
  constant(name: string | undefined): Float32Array | undefined;
  isNumber(name: string): boolean;
  replaceConstant(name: string, values: Float32Array): void;
  producer(name: string): Node | undefined;
  /** The step that uses a value, where it is the only one and of that kind. */
  onlyUser(name: string, opType: string): Node | undefined;
}

function graphOf(nodes: readonly Node[]): Graph {
  const constants = new Map<string, Tensor>();
  const producers = new Map<string, Node>();
  const users = new Map<string, Node[]>();
  for (const node of nodes) {
    const tensor = node.opType === 'Constant' ? node.attribute[0]?.t : undefined;
    if (tensor) constants.set(node.output[0]!, tensor);
    for (const name of node.output) producers.set(name, node);
    for (const name of node.input) users.set(name, [...(users.get(name) ?? []), node]);
  }
  return {
    nodes,
    dropped: new Set(),
    constant(name) {
      const tensor = name === undefined ? undefined : constants.get(name);
      // A copy, as the bytes of a file need not stand where floats can.
      return tensor && new Float32Array(new Uint8Array(tensor.rawData).buffer);
    },
    isNumber: (name) => constants.get(name)?.rawData.length === Float32Array.BYTES_PER_ELEMENT,
    replaceConstant(name, values) {
      constants.get(name)!.rawData = new Uint8Array(values.buffer);
    },
    producer: (name) => producers.get(name),
    onlyUser(name, opType) {
      const found = users.get(name);
      return found?.length === 1 && found[0]!.opType === opType ? found[0] : undefined;
    },
  };
}

/** The one number that a step takes beside what it works on; undefined where there is none. */
function numberOf(node: Node, graph: Graph): { readonly name: string; readonly value: number } | undefined {
  const name = node.input.find((input) => graph.isNumber(input));
  return name === undefined ? undefined : { name, value: graph.constant(name)![0]! };
}

/** A value times one number plus another: the steps that do so, in a row behind `name`. */
function scaleBehind(name: string, graph: Graph) {
  const times = graph.onlyUser(name, 'Mul');
  const plus = times && graph.onlyUser(times.output[0]!, 'Add');
  const scale = times && numberOf(times, graph);
  const shift = plus && numberOf(plus, graph);
  return scale && shift ? { times, plus, scale: scale.value, shift } : undefined;
}

/** Puts the numbers that a convolution's result is scaled and shifted by into its weights. */
function foldScaleBehind(convolution: Node, graph: Graph): void {
  const [, weightName, biasName] = convolution.input;
  const [weights, bias] = [graph.constant(weightName), graph.constant(biasName)];
  const behind = scaleBehind(convolution.output[0]!, graph);
  if (!weights || !bias || !behind) return;
  const { times, plus, scale, shift } = behind;
  graph.replaceConstant(
    weightName!,
    weights.map((w) => w * scale),
  );
  graph.replaceConstant(
    biasName!,
    bias.map((b) => b * scale + shift.value),
  );
  convolution.output = plus.output;
  graph.dropped.add(times).add(plus);
}

/** From the last step of x · clip(x + 3, 0, 6) / 6: makes it x · hardSigmoid(x), with what follows it folded away. */
function shortenHardSwish(last: Node, graph: Graph): void {
  const product = graph.producer(last.input[0]!);
  if (product?.opType !== 'Mul' || numberOf(last, graph)?.value !== 6) return;
  const clip = product.input.map((name) => graph.producer(name)).find((node) => node?.opType === 'Clip');
  const plus = clip && graph.producer(clip.input[0]!);
  const x = product.input.find((name) => name !== clip?.output[0]);
  if (!clip || x === undefined || plus?.opType !== 'Add') return;
  if (!plus.input.includes(x) || numberOf(plus, graph)?.value !== 3) return;
  plus.opType = 'HardSigmoid';
  plus.input = [x];
  plus.attribute = [
    { name: 'alpha', f: 1 / 6, type: floatAttribute },
    { name: 'beta', f: 0.5, type: floatAttribute },
  ];
  product.input = [x, plus.output[0]!];
  product.output = last.output;
  graph.dropped.add(clip).add(last);
  foldScaleAhead(product.output[0]!, graph);
}

/** Puts the numbers that a value is scaled and shifted by into the weights of the convolution that takes it next. */
function foldScaleAhead(value: string, graph: Graph): void {
  const behind = scaleBehind(value, graph);
  const next = behind && graph.onlyUser(behind.plus.output[0]!, 'Conv');
  const [taken, weightName, biasName] = next?.input ?? [];
  const [weights, bias] = [graph.constant(weightName), graph.constant(biasName)];
  if (!behind || !next || taken !== behind.plus.output[0] || !weights || !bias) return;
  const { times, plus, scale, shift } = behind;
  graph.replaceConstant(
    weightName!,
    weights.map((w) => w * scale),
  );
  graph.dropped.add(times);
  if (next.attribute.some(({ name, ints }) => name === 'pads' && ints?.some((pad) => pad.toString() !== '0'))) {
    // The frame of zeros that it puts around is not shifted: the shift has to stay in front of it.
    graph.replaceConstant(shift.name, Float32Array.of(shift.value / scale));
    plus.input = [value, shift.name];
    return;
  }
  const each = weights.length / bias.length;
  graph.replaceConstant(
    biasName!,
    bias.map((b, channel) => {
      const sum = weights.subarray(channel * each, (channel + 1) * each).reduce((total, w) => total + w, 0);
      return b + shift.value * sum;
    }),
  );
  next.input = [value, weightName!, biasName!];
  graph.dropped.add(plus);
}

/** Messages of protobuf from a short notation: number, type, and a star for those that repeat. */
function messages<Name extends string>(
  notation: Readonly<Record<Name, Readonly<Record<string, string>>>>,
): Record<Name, protobuf.Type> {
  const root = new protobuf.Root();
  const entries = Object.entries<Readonly<Record<string, string>>>(notation).map(([name, fields]) => {
    const type = new protobuf.Type(name);
    for (const [field, said] of Object.entries(fields)) {
      const [id, kind] = said.split(' ') as [string, string];
      const repeats = kind.endsWith('*');
      type.add(new protobuf.Field(field, Number(id), kind.replace('*', ''), repeats ? 'repeated' : 'optional'));
    }
    root.add(type);
    return [name, type] as const;
  });
  return Object.fromEntries(entries) as Record<Name, protobuf.Type>;
}
