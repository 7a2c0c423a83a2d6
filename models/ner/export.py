"""The trained tagger as an ONNX graph with 8-bit weights, written node by node."""

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FUSED = "com.microsoft"
"""Domain of the fused operators that ship with onnxruntime."""


class Graph:
    """Nodes and weights in the order in which they run."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], domain: str = "", outputs: int = 1, **attributes: object) -> str:
        names = [f"{kind}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0]


def eight_bits(matrix: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric signed bytes with one scale for every slice that is left when *axis* is reduced."""
    scale = np.maximum(np.abs(matrix).max(axis=axis, keepdims=True), 1e-8) / 127
    return np.clip(np.round(matrix / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def linear(graph: Graph, name: str, state: Mapping[str, np.ndarray], hidden: str) -> str:
    """A dense layer with bytes for weights, one scale an output, and inputs rounded to bytes while it runs."""
    weight, scale = eight_bits(state[f"{name}.weight"].T, axis=0)
    inputs = [
        hidden,
        graph.weight(f"{name}.weight", weight),
        graph.weight(f"{name}.scale", scale[0]),
        graph.weight(f"{name}.zero", np.zeros(weight.shape[1], np.int8)),
        graph.weight(f"{name}.bias", state[f"{name}.bias"]),
    ]
    return graph.node("DynamicQuantizeMatMul", inputs, FUSED)


def normalised(graph: Graph, name: str, state: Mapping[str, np.ndarray], hidden: str, added: str, epsilon: float) -> str:
    gains = [graph.weight(f"{name}.{part}", state[f"{name}.{part}"]) for part in ("weight", "bias")]
    return graph.node("LayerNormalization", [graph.node("Add", [hidden, added]), *gains], axis=-1, epsilon=epsilon)


def embedded(graph: Graph, state: Mapping[str, np.ndarray], epsilon: float) -> str:
    rows, scale = eight_bits(state["words.weight"], axis=1)
    byte_rows = graph.node("Gather", [graph.weight("words", rows), "pieces"])
    scales = graph.node("Gather", [graph.weight("words.scale", scale), "pieces"])
    words = graph.node("Mul", [graph.node("Cast", [byte_rows], to=TensorProto.FLOAT), scales])
    places = graph.node("Gather", [graph.weight("positions", state["positions.weight"]), "places"])
    return normalised(graph, "embedding_norm", state, words, places, epsilon)


def build(state: Mapping[str, np.ndarray], layers: int, heads: int, epsilon: float) -> onnx.ModelProto:
    """Inputs *pieces* (batch, pieces), *places* (pieces), *lengths* (batch), *first*, *last* (batch, tokens, 1); output *scores*."""
    graph = Graph()
    width = state["words.weight"].shape[1]
    hidden = embedded(graph, state, epsilon)
    for i in range(layers):
        layer = f"layers.{i}"
        all_three = linear(graph, f"{layer}.query_key_value", state, hidden)
        graph.node("Split", [all_three], outputs=3, axis=2, num_outputs=3)
        query_key_value = list(graph.nodes[-1].output)
        attended = graph.node("MultiHeadAttention", [*query_key_value, "", "lengths"], FUSED, num_heads=heads)
        out = linear(graph, f"{layer}.attention_out", state, attended)
        hidden = normalised(graph, f"{layer}.attention_norm", state, hidden, out, epsilon)
        inner = graph.node("Gelu", [linear(graph, f"{layer}.inner", state, hidden)])
        outer = linear(graph, f"{layer}.outer", state, inner)
        hidden = normalised(graph, f"{layer}.output_norm", state, hidden, outer, epsilon)
    ends = [graph.node("GatherND", [hidden, at], batch_dims=1) for at in ("first", "last")]
    both = graph.node("Concat", ends, axis=2)
    head = graph.node("MatMul", [both, graph.weight("head.weight", state["head.weight"].T)])
    graph.nodes.append(helper.make_node("Add", [head, graph.weight("head.bias", state["head.bias"])], ["scores"]))
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.INT32, ["batch", "length"]),
        helper.make_tensor_value_info("places", TensorProto.INT32, ["length"]),
        helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]),
        helper.make_tensor_value_info("first", TensorProto.INT64, ["batch", "tokens", 1]),
        helper.make_tensor_value_info("last", TensorProto.INT64, ["batch", "tokens", 1]),
    ]
    tags = state["head.bias"].shape[0]
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "tokens", tags])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "azproc-ner", inputs, [output], graph.weights),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)],
        ir_version=9,
    )
    if width % heads:
        raise ValueError(f"{heads} heads do not divide a width of {width}")
    return model
