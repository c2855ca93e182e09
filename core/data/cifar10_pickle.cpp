// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cifar10_pickle.h"

#include "core/util/error.h"
#include "core/util/pickle/pickle.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

namespace simclr {

namespace {

using Kind = PickleNode::Kind;

constexpr std::size_t pixelBytes = 3 * 32 * 32;

/// Why a batch cannot be used, without the kind of batch.
struct Refusal {
    std::string cause;
};

[[noreturn]] void refuse(const std::string &cause) {
    throw Refusal{cause};
}

/// Text whose characters represent bytes, as Python 3 writes bytes for Python 2. Nothing if a character is
/// not a byte.
std::optional<std::string> latin1(std::string_view utf8) {
    std::string bytes;
    bytes.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto first = static_cast<unsigned char>(utf8[i]);
        if (first < 0x80) {
            bytes += static_cast<char>(first);
        } else if ((first == 0xC2 || first == 0xC3) && i + 1 < utf8.size()) {
            bytes += static_cast<char>((first & 3) << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3F));
        } else {
            return std::nullopt;
        }
    }
    return bytes;
}

class Batch {
  public:
    explicit Batch(std::string_view bytes) : m_pickle(readPickle(bytes)) {}

    std::string recordsOfCifar10() const {
        if (!find(root(), "labels") && find(root(), "fine_labels"))
            refuse("it is a CIFAR-100 batch");
        return recordsWith({"labels"});
    }

    std::string recordsOfCifar100() const { return recordsWith({"coarse_labels", "fine_labels"}); }

  private:
    std::string recordsWith(std::initializer_list<const char *> kindsOfLabels) const {
        const std::string pixels = pixelsOf(member("data"));
        std::vector<std::string> labels;
        for (const char *kind : kindsOfLabels)
            labels.push_back(labelsOf(member(kind)));
        return joined(pixels, labels);
    }

    const PickleNode &root() const {
        const PickleNode &node = m_pickle.at(m_pickle.root);
        if (node.kind != Kind::Dict)
            refuse("it contains no dict");
        return node;
    }

    const PickleNode &member(const std::string &key) const {
        const PickleNode *found = find(root(), key);
        if (!found)
            refuse("its dict has no \"" + key + "\"");
        return *found;
    }

    /// The items of a tuple or list; nothing if there are fewer.
    const PickleNode *item(const PickleNode &node, std::size_t index) const {
        return index < node.items.size() ? &m_pickle.at(node.items[index]) : nullptr;
    }

    const PickleNode *find(const PickleNode &dict, std::string_view key) const {
        for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2)
            if (bytesOf(m_pickle.at(dict.items[i])) == key)
                return &m_pickle.at(dict.items[i + 1]);
        return nullptr;
    }

    /// Of text, bytes, or bytes written as _codecs.encode(text, "latin1").
    std::optional<std::string> bytesOf(const PickleNode &node) const {
        if (node.kind == Kind::Text)
            return std::string(node.text);
        if (node.kind != Kind::Opaque || node.text != "_codecs encode" || node.items.empty())
            return std::nullopt;
        const PickleNode *text = item(*item(node, 0), 0);
        return text && text->kind == Kind::Text ? latin1(text->text) : std::nullopt;
    }

    static bool endsWith(const PickleNode &node, std::string_view name) {
        return node.kind == Kind::Opaque && node.text.starts_with("numpy") && node.text.ends_with(name);
    }

    /// An array is _reconstruct(…) with the state (version, shape, dtype, whether columns come first, bytes),
    /// or _frombuffer(bytes, dtype, shape, order).
    std::string pixelsOf(const PickleNode &array) const {
        std::optional<std::string> bytes;
        const PickleNode *type = nullptr;
        if (endsWith(array, " _reconstruct") && array.items.size() > 1) {
            const PickleNode &state = *item(array, 1);
            const PickleNode *columnsFirst = item(state, 3);
            type = item(state, 2);
            if (state.items.size() > 4 && columnsFirst->integer == 0)
                bytes = bytesOf(*item(state, 4));
        } else if (endsWith(array, " _frombuffer") && !array.items.empty()) {
            const PickleNode &arguments = *item(array, 0);
            type = item(arguments, 1);
            const PickleNode *order = item(arguments, 3);
            if (order && order->text == "C")
                bytes = bytesOf(*item(arguments, 0));
        }
        if (!bytes || !type || !isByteType(*type))
            refuse("its \"data\" is not a row-major NumPy array of bytes");
        return std::move(*bytes);
    }

    bool isByteType(const PickleNode &type) const {
        const PickleNode *arguments = endsWith(type, " dtype") ? item(type, 0) : nullptr;
        const PickleNode *name = arguments ? item(*arguments, 0) : nullptr;
        const auto text = name ? bytesOf(*name) : std::nullopt;
        return text == "u1" || text == "|u1";
    }

    std::string labelsOf(const PickleNode &list) const {
        if (list.kind != Kind::List)
            refuse("its labels are not a list");
        std::string labels;
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            const PickleNode &label = *item(list, i);
            if (label.kind != Kind::Integer || label.integer < 0 || label.integer > 255)
                refuse("a label is not a number from 0 to 255");
            labels += static_cast<char>(label.integer);
        }
        return labels;
    }

    static std::string joined(std::string_view pixels, const std::vector<std::string> &kindsOfLabels) {
        const std::size_t images = pixels.size() / pixelBytes;
        for (const std::string &labels : kindsOfLabels)
            if (labels.empty() || pixels.size() != labels.size() * pixelBytes)
                refuse("it has " + std::to_string(labels.size()) + " labels and " +
                       std::to_string(pixels.size()) + " bytes of pixels; each image has " +
                       std::to_string(pixelBytes));
        std::string records;
        records.reserve(pixels.size() + images * kindsOfLabels.size());
        for (std::size_t i = 0; i < images; ++i) {
            for (const std::string &labels : kindsOfLabels)
                records += labels[i];
            records += pixels.substr(i * pixelBytes, pixelBytes);
        }
        return records;
    }

    Pickle m_pickle;
};

} // namespace

bool isCifarPickle(std::string_view bytes) {
    return bytes.starts_with('\x80') || bytes.starts_with("(dp");
}

std::string cifarRecordsFromPickle(std::string_view bytes, CifarVersion version) {
    const bool isCifar100 = version == CifarVersion::Cifar100;
    const std::string kind =
        std::string("is not a batch of ") + (isCifar100 ? "CIFAR-100" : "CIFAR-10") + "'s Python version: ";
    try {
        const Batch batch(bytes);
        return isCifar100 ? batch.recordsOfCifar100() : batch.recordsOfCifar10();
    } catch (const Refusal &refusal) {
        throw InvalidInput(kind + refusal.cause);
    } catch (const InvalidInput &error) {
        throw InvalidInput(kind + error.what());
    }
}

} // namespace simclr
