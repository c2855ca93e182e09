// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/shard_listing.h"

#include "core/data/archives/shard_samples.h"
#include "core/data/dataset_messages.h"
#include "core/data/folder_notes.h"
#include "core/data/split_names.h"
#include "core/image/codec.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t mostNameBytes = 16 << 20; ///< of classes.txt

/// The part that a shard belongs to, by the names of its folder and itself.
enum class ShardPart { Train, Test, Validation, Unlabelled, Unnamed };

/// A sample of one of the shards.
struct Sample {
    std::string name;
    std::uint32_t shard = 0;
    std::uint32_t member = 0;
    ShardPart part = ShardPart::Unnamed;
    std::string label = {}; ///< empty: none
};

bool isNamedUnlabelled(const std::string &name) {
    return std::ranges::any_of(
        wordsOf(name), [](const std::string &word) { return word == "unlabelled" || word == "unlabeled"; });
}

ShardPart partNamed(const std::string &name) {
    if (isNamedUnlabelled(name))
        return ShardPart::Unlabelled;
    const auto kind = splitKindWithin(name);
    if (!kind)
        return ShardPart::Unnamed;
    return *kind == SplitKind::Train  ? ShardPart::Train
           : *kind == SplitKind::Test ? ShardPart::Test
                                      : ShardPart::Validation;
}

ShardPart partOf(const fs::path &root, const fs::path &shard) {
    const bool isInSubfolder = fs::is_directory(root) && shard.parent_path() != root;
    const ShardPart folder =
        isInSubfolder ? partNamed(shard.parent_path().filename().native()) : ShardPart::Unnamed;
    return folder != ShardPart::Unnamed ? folder : partNamed(shard.stem().native());
}

bool isWholeNumber(const std::string &text) {
    return !text.empty() && text.size() <= 9 &&
           std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; });
}

bool isTar(const fs::directory_entry &entry) {
    return lowerCase(entry.path().extension().native()) == ".tar" && entry.is_regular_file();
}

bool isPartFolder(const fs::directory_entry &entry) {
    return entry.is_directory() && partNamed(entry.path().filename().native()) != ShardPart::Unnamed;
}

/// Whether a shard is among the first entries of a folder.
bool startsWithShards(const fs::path &folder) {
    constexpr int mostEntries = 16;
    int entries = 0;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder)) {
        if (isTar(entry) && isShard(entry.path()))
            return true;
        if (++entries == mostEntries)
            return false;
    }
    return false;
}

void addTars(const fs::path &folder, std::vector<fs::path> &shards) {
    for (const fs::directory_entry &entry : fs::directory_iterator(folder))
        if (isTar(entry))
            shards.push_back(entry.path());
}

class ShardLister {
  public:
    ShardLister(const fs::path &path, const OpenOptions &options) : m_path(path), m_options(options) {}

    ListedShards list() {
        for (const fs::path &shard : shardsOf(m_path))
            read(shard);
        requireSamples();
        choosePart();
        nameClasses();
        makeNamesUnique();
        std::ranges::sort(m_samples, {}, &Sample::name);
        return listed();
    }

  private:
    void read(const fs::path &path) {
        try {
            const auto shard = ArchiveFile::open(path, m_options);
            ShardSamples found = samplesOf(shard->index());
            m_furtherImages += found.furtherImages;
            std::ranges::move(found.broken, std::back_inserter(m_result.listing.broken));
            addSamples(*shard, found.samples, partOf(m_path, path));
            m_result.shards.push_back(shard);
        } catch (const Error &error) {
            m_result.listing.broken.push_back({displayName(path.filename()), error.what()});
        }
    }

    void addSamples(const ArchiveFile &shard, const std::vector<ShardSample> &samples, ShardPart part) {
        const auto number = static_cast<std::uint32_t>(m_result.shards.size());
        for (const ShardSample &sample : samples) {
            if (m_options.stop.stop_requested())
                throw OpeningCancelled{};
            const ShardLabels kind = sample.cls    ? ShardLabels::Cls
                                     : sample.json ? ShardLabels::Json
                                     : sample.txt  ? ShardLabels::Txt
                                                   : ShardLabels::None;
            try {
                m_samples.push_back(
                    {sample.name, number, sample.image, part, labelTextOf(shard, sample, kind)});
                m_textLabels += kind == ShardLabels::Txt ? 1 : 0;
            } catch (const InvalidInput &error) {
                m_result.listing.broken.push_back({toValidUtf8(sample.name), error.what()});
            }
        }
    }

    void requireSamples() const {
        if (!m_samples.empty())
            return;
        const std::string cause = m_result.listing.broken.empty()
                                      ? ""
                                      : "; the first problem: " + m_result.listing.broken.front().reason;
        throw InvalidInput(displayName(m_path) + " contains no readable images in shards" + cause);
    }

    /// Shards named as training, or those without such a name. Images of unlabelled shards are for training.
    void choosePart() {
        const auto has = [this](ShardPart part) {
            return std::ranges::find(m_samples, part, &Sample::part) != m_samples.end();
        };
        m_train = has(ShardPart::Train) ? ShardPart::Train : ShardPart::Unnamed;
        const bool hasTraining = has(m_train) || has(ShardPart::Unlabelled);
        m_test = has(ShardPart::Test) ? ShardPart::Test : ShardPart::Validation;
        for (Sample &sample : m_samples)
            if (sample.part == ShardPart::Unlabelled || !hasTraining) {
                if (sample.part == ShardPart::Unlabelled)
                    sample.label.clear();
                sample.part = m_train;
            }
        const std::size_t others = std::erase_if(m_samples, [this](const Sample &sample) {
            return sample.part != m_train && sample.part != m_test;
        });
        if (others > 0)
            m_result.listing.notes.push_back(datasetMessage("left_out_shards", others));
        if (m_furtherImages > 0)
            m_result.listing.notes.push_back(datasetMessage("further_images", m_furtherImages));
    }

    bool isTest(const Sample &sample) const { return sample.part == m_test; }

    void nameClasses() {
        dropCaptions();
        useClassFile();
        std::set<std::string> classes;
        for (const Sample &sample : m_samples)
            if (!isTest(sample) && !sample.label.empty())
                classes.insert(sample.label);
        if (classes.size() < 2)
            classes.clear();
        m_classes.assign(classes.begin(), classes.end());
        if (std::ranges::all_of(m_classes, isWholeNumber))
            std::ranges::stable_sort(m_classes, {}, [](const std::string &text) { return std::stol(text); });
        for (std::size_t i = 0; i < m_classes.size(); ++i)
            m_labels[m_classes[i]] = static_cast<int>(i);
        dropUnknownTests();
    }

    /// Texts that are as many as half of the images describe images, not classes.
    void dropCaptions() {
        if (m_textLabels == 0)
            return;
        std::set<std::string> texts;
        for (const Sample &sample : m_samples)
            texts.insert(sample.label);
        if (texts.size() * 2 < m_samples.size())
            return;
        for (Sample &sample : m_samples)
            sample.label.clear();
        m_result.listing.notes.push_back(datasetMessage("captions"));
    }

    /// Line N of classes.txt is the name of the class with the number N, from 0.
    void useClassFile() {
        const fs::path file = (fs::is_directory(m_path) ? m_path : m_path.parent_path()) / "classes.txt";
        if (!fs::is_regular_file(file))
            return;
        std::vector<std::string> names;
        std::istringstream lines(readFile(file, mostNameBytes));
        for (std::string line; std::getline(lines, line);)
            names.push_back(line.substr(0, line.find_last_not_of(" \t\r") + 1));
        for (Sample &sample : m_samples) {
            if (!isWholeNumber(sample.label))
                continue;
            const auto number = static_cast<std::size_t>(std::stol(sample.label));
            if (number >= names.size() || names[number].empty())
                throw InvalidInput("the image " + toValidUtf8(sample.name) + " has the class " +
                                   sample.label + ", but " + displayName(file) + " has no name for it");
            sample.label = names[number];
        }
    }

    /// As in a folder, test images of classes that training lacks are left out.
    void dropUnknownTests() {
        if (m_classes.empty())
            return;
        UnknownClasses unknown;
        std::erase_if(m_samples, [&](const Sample &sample) {
            const bool isUnknown = isTest(sample) && !m_labels.contains(sample.label);
            if (isUnknown)
                unknown.add(sample.label, 1);
            return isUnknown;
        });
        unknown.tell(m_test == ShardPart::Test ? "test" : "validation", m_classes, m_result.listing.notes);
    }

    /// Keys often start again at 0 in every shard: then names begin with that of the shard.
    void makeNamesUnique() {
        std::set<std::string_view> names;
        for (const Sample &sample : m_samples)
            names.insert(sample.name);
        if (names.size() == m_samples.size())
            return;
        const fs::path root = fs::is_directory(m_path) ? m_path : m_path.parent_path();
        for (Sample &sample : m_samples) {
            const fs::path shard = m_result.shards[sample.shard]->path().lexically_relative(root);
            sample.name = (shard.parent_path() / shard.stem() / sample.name).generic_string();
        }
    }

    ListedShards listed() {
        const auto images = std::make_shared<ImageList>();
        for (const Sample &sample : m_samples) {
            const auto label = m_labels.find(sample.label);
            images->add(sample.name, label == m_labels.end() ? Dataset::unlabelled : label->second,
                        isTest(sample));
            m_result.members.push_back({sample.shard, sample.member});
        }
        images->shrink();
        m_result.listing.images = images;
        for (const std::string &name : m_classes)
            m_result.listing.classNames.push_back(toValidUtf8(name));
        return std::move(m_result);
    }

    const fs::path &m_path;
    const OpenOptions &m_options;
    std::vector<Sample> m_samples;
    ShardPart m_train = ShardPart::Unnamed;
    ShardPart m_test = ShardPart::Test;
    std::vector<std::string> m_classes;
    std::map<std::string, int> m_labels;
    std::size_t m_furtherImages = 0;
    std::size_t m_textLabels = 0;
    ListedShards m_result;
};

} // namespace

bool hasShards(const fs::path &path) {
    if (!fs::is_directory(path))
        return isShard(path);
    constexpr int mostEntries = 2000;
    int entries = 0;
    for (const fs::directory_entry &entry : fs::directory_iterator(path)) {
        if (++entries > mostEntries || hasImageExtension(entry.path()))
            return false;
        if (isTar(entry) ? isShard(entry.path()) : isPartFolder(entry) && startsWithShards(entry.path()))
            return true; // an unlabelled one, which looks like any archive, may be beside others
    }
    return false;
}

std::vector<fs::path> shardsOf(const fs::path &path) {
    if (!fs::is_directory(path))
        return {path};
    std::vector<fs::path> shards;
    addTars(path, shards);
    for (const fs::directory_entry &entry : fs::directory_iterator(path))
        if (isPartFolder(entry))
            addTars(entry.path(), shards);
    std::ranges::sort(shards);
    return shards;
}

ListedShards listShards(const fs::path &path, const OpenOptions &options) {
    return ShardLister(path, options).list();
}

} // namespace simclr
