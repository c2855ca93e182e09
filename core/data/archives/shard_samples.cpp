// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/shard_samples.h"

#include "core/data/archives/archive_contents.h"
#include "core/image/codec.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/json.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <unordered_map>

namespace simclr {

namespace {

constexpr std::uintmax_t mostLabelBytes = 64 << 10;
constexpr std::size_t membersToRecogniseBy = 16;

struct KeyAndExtension {
    std::string key;
    std::string extension; ///< in lower case, without the first dot
};

/// "cat/0001" and "jpg" of "cat/0001.jpg".
KeyAndExtension splitName(const std::string &name) {
    const std::size_t lastPart = name.rfind('/') + 1;
    const std::size_t dot = std::min(name.find('.', lastPart), name.size());
    return {name.substr(0, dot), lowerCase(name.substr(std::min(dot + 1, name.size())))};
}

class SampleCollector {
  public:
    explicit SampleCollector(const ArchiveIndex &index) : m_index(index) {
        for (std::uint32_t member = 0; member < index.places.size(); ++member)
            if (const std::string name = safeName(index.names.at(member)); !name.empty())
                add(name, member);
    }

    ShardSamples take() {
        std::erase_if(m_result.samples, [](const ShardSample &sample) { return sample.name.empty(); });
        return std::move(m_result);
    }

  private:
    void add(const std::string &name, std::uint32_t member) {
        const auto [key, extension] = splitName(name);
        if (hasImageExtension("x." + extension))
            addImage(key, name, member);
        else if (extension == "cls")
            sampleOf(key).cls = member;
        else if (extension == "json")
            sampleOf(key).json = member;
        else if (extension == "txt")
            sampleOf(key).txt = member;
    }

    void addImage(const std::string &key, const std::string &name, std::uint32_t member) {
        if (const MemberProblem problem = m_index.places[member].problem; problem != MemberProblem::None) {
            m_result.broken.push_back({toValidUtf8(name), toValidUtf8(name) + " " + textOf(problem)});
            return;
        }
        ShardSample &sample = sampleOf(key);
        if (!sample.name.empty()) {
            ++m_result.furtherImages;
            return;
        }
        sample.name = name;
        sample.image = member;
    }

    ShardSample &sampleOf(const std::string &key) {
        const auto [at, isNew] = m_numbers.emplace(key, m_result.samples.size());
        if (isNew)
            m_result.samples.emplace_back();
        return m_result.samples[at->second];
    }

    const ArchiveIndex &m_index;
    std::unordered_map<std::string, std::size_t> m_numbers; ///< by key
    ShardSamples m_result;
};

std::string trimmed(const std::string &text) {
    constexpr std::string_view spaces = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(spaces);
    return begin == std::string::npos ? std::string()
                                      : text.substr(begin, text.find_last_not_of(spaces) + 1 - begin);
}

/// The samples at the beginning of a tar archive; none if it is not one or is damaged there.
std::vector<ShardSample> firstSamples(const std::filesystem::path &path) {
    try {
        if (isPlainTar(path))
            return samplesOf(firstOfTar(RandomFile(path), membersToRecogniseBy)).samples;
    } catch (const Error &) {
        return {};
    }
    return {};
}

bool hasShardNumber(const std::string &stem) {
    constexpr std::size_t fewestDigits = 5;
    const std::size_t begin = stem.find_last_not_of("0123456789") + 1; // 0 if there are only digits
    return stem.size() - begin >= fewestDigits &&
           (begin == 0 || stem[begin - 1] == '-' || stem[begin - 1] == '_');
}

std::string labelInJson(const std::string &text, const std::string &name) {
    const Json object = parseJson(text, name);
    const auto label = object.is_object() ? object.find("label") : object.end();
    if (label == object.end() || label->is_null())
        return {};
    return label->is_string() ? trimmed(label->get<std::string>()) : label->dump();
}

} // namespace

ShardSamples samplesOf(const ArchiveIndex &index) {
    return SampleCollector(index).take();
}

bool isShard(const std::filesystem::path &path) {
    return std::ranges::any_of(firstSamples(path), [](const ShardSample &sample) {
        return sample.cls || sample.json || sample.txt;
    });
}

bool isNumberedShard(const std::filesystem::path &path) {
    return hasShardNumber(path.stem().native()) && !firstSamples(path).empty();
}

std::string labelTextOf(const ArchiveFile &shard, const ShardSample &sample, ShardLabels labels) {
    const std::optional<std::uint32_t> &member = labels == ShardLabels::Cls    ? sample.cls
                                                 : labels == ShardLabels::Json ? sample.json
                                                                               : sample.txt;
    if (labels == ShardLabels::None || !member)
        return {};
    const std::string text = shard.read(*member, mostLabelBytes);
    return labels == ShardLabels::Json ? labelInJson(text, shard.displayName(*member)) : trimmed(text);
}

} // namespace simclr
