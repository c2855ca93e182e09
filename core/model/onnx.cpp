// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/onnx.h"

#include "core/model/encoder_graph.h"
#include "core/model/weights.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/version.h"

#include <cstring>
#include <limits>
#include <utility>

namespace simclr {

namespace {

using Kind = GraphStep::Kind;

/// A message in the wire format of protocol buffers, built field by field. The numbers of the fields below
/// are those of onnx.proto3.
class Message {
  public:
    Message &integer(int field, std::int64_t value) {
        key(field, 0);
        varint(static_cast<std::uint64_t>(value));
        return *this;
    }
    Message &real(int field, float value) {
        key(field, 5);
        std::uint32_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        for (int shift = 0; shift < 32; shift += 8)
            m_bytes += static_cast<char>(bits >> shift);
        return *this;
    }
    Message &text(int field, std::string_view value) {
        key(field, 2);
        varint(value.size());
        m_bytes += value;
        return *this;
    }
    Message &message(int field, const Message &value) { return text(field, value.m_bytes); }

    const std::string &bytes() const { return m_bytes; }

  private:
    void key(int field, int wireType) { varint(static_cast<std::uint64_t>(field) << 3 | wireType); }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            m_bytes += static_cast<char>(value | 0x80);
        m_bytes += static_cast<char>(value);
    }

    std::string m_bytes;
};

constexpr int irVersion = 7;
constexpr int opset = 13;
constexpr int typeFloat = 1; ///< TensorProto.DataType
constexpr int typeInt64 = 7;

Message integerAttribute(const std::string &name, std::int64_t value) {
    constexpr int attributeInt = 2;
    return Message().text(1, name).integer(3, value).integer(20, attributeInt);
}

Message realAttribute(const std::string &name, double value) {
    constexpr int attributeFloat = 1;
    return Message().text(1, name).real(2, static_cast<float>(value)).integer(20, attributeFloat);
}

Message listAttribute(const std::string &name, std::initializer_list<std::int64_t> values) {
    constexpr int attributeInts = 7;
    Message attribute;
    attribute.text(1, name);
    for (const std::int64_t value : values)
        attribute.integer(8, value);
    return attribute.integer(20, attributeInts);
}

Message node(const std::string &operation, const std::vector<std::string> &inputs, const std::string &output,
             const std::vector<Message> &attributes = {}) {
    Message message;
    for (const std::string &input : inputs)
        message.text(1, input);
    message.text(2, output).text(3, operation + "_" + output).text(4, operation);
    for (const Message &attribute : attributes)
        message.message(5, attribute);
    return message;
}

Message tensor(const std::string &name, int type, const std::vector<std::int64_t> &shape,
               std::string_view bytes) {
    Message message;
    for (const std::int64_t size : shape)
        message.integer(1, size);
    return message.integer(2, type).text(8, name).text(9, bytes);
}

Message listOfIntegers(const std::string &name, const std::vector<std::int64_t> &values) {
    return tensor(name, typeInt64, {static_cast<std::int64_t>(values.size())},
                  {reinterpret_cast<const char *>(values.data()), values.size() * sizeof(std::int64_t)});
}

/// An axis of variable length has a name in place of its length.
Message described(const std::string &name, const std::vector<std::pair<std::string, std::int64_t>> &axes) {
    Message shape;
    for (const auto &[axis, size] : axes)
        shape.message(1, axis.empty() ? Message().integer(1, size) : Message().text(2, axis));
    const Message type = Message().message(1, Message().integer(1, typeFloat).message(2, shape));
    return Message().text(1, name).message(2, type);
}

/// Writes the steps of an encoder as the nodes of an ONNX graph.
class OnnxGraph {
  public:
    explicit OnnxGraph(const ResNetImpl &encoder) : m_steps(graphOf(encoder)) {
        for (std::size_t i = 0; i < m_steps.size(); ++i)
            addNode(m_steps[i], value(static_cast<int>(i) + 1));
        for (const auto &[name, weights] : stateOf(encoder))
            if (weights.scalar_type() == torch::kFloat32)
                m_graph.message(5, tensor(name, typeFloat, weights.sizes().vec(),
                                          {static_cast<const char *>(weights.data_ptr()), weights.nbytes()}));
        m_graph.text(2, "encoder");
        m_graph.message(11, described("pictures", {{"n", 0}, {"", 3}, {"height", 0}, {"width", 0}}));
        m_graph.message(12, described("features", {{"n", 0}, {"", encoder.featureSize()}}));
    }

    const Message &message() const { return m_graph; }

  private:
    std::string value(int number) const {
        if (number == 0)
            return "pictures";
        if (number == static_cast<int>(m_steps.size()))
            return "features";
        std::string name = "x";
        return name += std::to_string(number);
    }

    void add(const Message &node) { m_graph.message(1, node); }

    void addNode(const GraphStep &step, const std::string &output) {
        const std::string x = value(step.inputs[0]);
        switch (step.kind) {
        case Kind::Convolution:
            return add(node("Conv", {x, step.module + ".weight"}, output, window(step)));
        case Kind::BatchNorm:
            return add(node("BatchNormalization",
                            {x, step.module + ".weight", step.module + ".bias", step.module + ".running_mean",
                             step.module + ".running_var"},
                            output, {realAttribute("epsilon", step.epsilon)}));
        case Kind::Relu:
            return add(node("Relu", {x}, output));
        case Kind::MaxPool:
            return add(node("MaxPool", {x}, output, window(step)));
        case Kind::Add:
            return add(node("Add", {x, value(step.inputs[1])}, output));
        case Kind::PaddedShortcut:
            return addPaddedShortcut(step, x, output);
        case Kind::Mean:
            add(node("GlobalAveragePool", {x}, output + "_pooled"));
            return add(node("Flatten", {output + "_pooled"}, output, {integerAttribute("axis", 1)}));
        }
    }

    static std::vector<Message> window(const GraphStep &step) {
        const std::int64_t padding = step.padding;
        return {listAttribute("kernel_shape", {step.kernel, step.kernel}),
                listAttribute("strides", {step.stride, step.stride}),
                listAttribute("pads", {padding, padding, padding, padding})};
    }

    void addPaddedShortcut(const GraphStep &step, const std::string &x, const std::string &output) {
        const auto list = [&](const std::string &name, const std::vector<std::int64_t> &values) {
            const std::string full = output + "_" + name;
            m_graph.message(5, listOfIntegers(full, values));
            return full;
        };
        constexpr std::int64_t end = std::numeric_limits<std::int32_t>::max();
        add(node("Slice",
                 {x, list("starts", {0, 0}), list("ends", {end, end}), list("axes", {2, 3}),
                  list("steps", {2, 2})},
                 output + "_sliced"));
        const auto pads = list("pads", {0, step.before, 0, 0, 0, step.after, 0, 0});
        add(node("Pad", {output + "_sliced", pads}, output));
    }

    std::vector<GraphStep> m_steps;
    Message m_graph;
};

} // namespace

void writeOnnx(const std::filesystem::path &path, const ResNetImpl &encoder, const Json &metadata) {
    Message model;
    model.integer(1, irVersion).text(2, "SimCLR Workbench").text(3, programVersion);
    model.message(7, OnnxGraph(encoder).message());
    model.message(8, Message().text(1, "").integer(2, opset));
    for (const auto &[key, entry] : metadata.items())
        model.message(
            14, Message().text(1, key).text(2, entry.is_string() ? entry.get<std::string>() : toLine(entry)));
    if (model.bytes().size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw InvalidInput("an ONNX file is limited to 2 GiB, and this encoder is larger");
    writeFileAtomically(path, model.bytes());
}

} // namespace simclr
