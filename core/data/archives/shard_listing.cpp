// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archives/shard_listing.h"

#include "core/data/archives/shard_folder.h"
#include "core/data/archives/shard_samples.h"
#include "core/data/archives/unpacked_tar.h"
#include "core/data/dataset_messages.h"
#include "core/data/folder_notes.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t mostNameBytes = 16 << 20; ///< of classes.txt

/// A sample of one of the shards.
struct Sample {
    std::string name;
    std::uint32_t shard = 0;
    std::uint32_t member = 0;
    ShardPart part = ShardPart::Unnamed;
    std::string label = {}; ///< empty: none
    bool isText = false;    ///< the label is that of a .txt, which may be a caption
};

bool isWholeNumber(const std::string &text) {
    return !text.empty() && text.size() <= 9 &&
           std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; });
}

/// Absolute and without a slash at the end, so that paths below it can be compared.
fs::path normalPath(const fs::path &path) {
    const fs::path normal = fs::absolute(path).lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

class ShardLister {
  public:
    ShardLister(const fs::path &path, const OpenOptions &options)
        : m_path(normalPath(path)), m_options(options) {}

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
            requireUnpacked(path);
            addShard(ArchiveFile::open(path, m_options));
        } catch (const Error &error) {
            m_result.listing.broken.push_back({displayName(path.filename()), error.what()});
        }
    }

    /// Each of many shards would need its own memory or temporary file.
    void requireUnpacked(const fs::path &path) const {
        constexpr std::size_t startBytes = 16;
        if (path != m_path && isCompressed(RandomFile(path).readUpTo(0, startBytes)))
            throw InvalidInput(displayName(path) + " is compressed; unpack it");
    }

    /// Nothing is added of a shard that cannot be read to its end.
    void addShard(const std::shared_ptr<const ArchiveFile> &shard) {
        ShardSamples found = samplesOf(shard->index());
        std::vector<Sample> samples = labelled(*shard, found);
        m_furtherImages += found.furtherImages;
        std::ranges::move(found.broken, std::back_inserter(m_result.listing.broken));
        std::ranges::move(samples, std::back_inserter(m_samples));
        m_result.shards.push_back(shard);
    }

    /// Samples whose labels cannot be read become broken.
    std::vector<Sample> labelled(const ArchiveFile &shard, ShardSamples &found) const {
        const ShardPart part = partOf(m_path, shard.path());
        const auto number = static_cast<std::uint32_t>(m_result.shards.size());
        std::vector<Sample> samples;
        for (const ShardSample &sample : found.samples) {
            if (m_options.stop.stop_requested())
                throw OpeningCancelled{};
            const ShardLabels kind = sample.cls    ? ShardLabels::Cls
                                     : sample.json ? ShardLabels::Json
                                     : sample.txt  ? ShardLabels::Txt
                                                   : ShardLabels::None;
            try {
                samples.push_back({sample.name, number, sample.image, part, labelTextOf(shard, sample, kind),
                                   kind == ShardLabels::Txt});
            } catch (const InvalidInput &error) {
                found.broken.push_back({toValidUtf8(sample.name), error.what()});
            }
        }
        return samples;
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
        if (classes.size() < 2) {
            classes.clear();
            tellUnusedTestLabels();
        }
        m_classes.assign(classes.begin(), classes.end());
        if (std::ranges::all_of(m_classes, isWholeNumber))
            std::ranges::stable_sort(m_classes, {}, [](const std::string &text) { return std::stol(text); });
        for (std::size_t i = 0; i < m_classes.size(); ++i)
            m_labels[m_classes[i]] = static_cast<int>(i);
        dropUnknownTests();
    }

    /// Classes are those of training.
    void tellUnusedTestLabels() {
        std::set<std::string> labels;
        std::size_t images = 0;
        for (const Sample &sample : m_samples)
            if (isTest(sample) && !sample.label.empty()) {
                labels.insert(sample.label);
                ++images;
            }
        if (labels.size() > 1)
            m_result.listing.notes.push_back(datasetMessage("unused_test_labels", images));
    }

    /// Texts of .txt members that are as many as half of the images that have one describe images, not
    /// classes.
    void dropCaptions() {
        std::set<std::string> texts;
        std::size_t images = 0;
        for (const Sample &sample : m_samples)
            if (sample.isText && !sample.label.empty()) {
                texts.insert(sample.label);
                ++images;
            }
        if (images == 0 || texts.size() * 2 < images)
            return;
        for (Sample &sample : m_samples)
            if (sample.isText)
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
        std::map<std::string, std::size_t> numbers; // of the names that are used
        for (Sample &sample : m_samples) {
            if (!isWholeNumber(sample.label))
                continue;
            const auto number = static_cast<std::size_t>(std::stol(sample.label));
            if (number >= names.size() || names[number].empty())
                throw InvalidInput("the image " + toValidUtf8(sample.name) + " has the class " +
                                   sample.label + ", but " + displayName(file) + " has no name for it");
            if (numbers.emplace(names[number], number).first->second != number)
                throw InvalidInput(displayName(file) + " has the name \"" + toValidUtf8(names[number]) +
                                   "\" for two classes");
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
            const fs::path shard = m_result.shards.at(sample.shard)->path().lexically_relative(root);
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

    const fs::path m_path;
    const OpenOptions &m_options;
    std::vector<Sample> m_samples;
    ShardPart m_train = ShardPart::Unnamed;
    ShardPart m_test = ShardPart::Test;
    std::vector<std::string> m_classes;
    std::map<std::string, int> m_labels;
    std::size_t m_furtherImages = 0;
    ListedShards m_result;
};

} // namespace

ListedShards listShards(const fs::path &path, const OpenOptions &options) {
    return ShardLister(path, options).list();
}

} // namespace simclr
