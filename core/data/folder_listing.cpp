// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_listing.h"

#include "core/data/dataset_messages.h"
#include "core/data/duplicate_files.h"
#include "core/data/folder_layout.h"
#include "core/data/folder_notes.h"
#include "core/data/folder_walk.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <unordered_map>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t mostLabelBytes = 256 << 20;

/// File name → class, from Tiny-ImageNet's val_annotations.txt: name, class and box, separated by tabs.
using Annotations = std::unordered_map<std::string, std::string>;

Annotations annotationsIn(const std::string &text) {
    Annotations labels;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t first = line.find('\t');
        if (first == std::string::npos)
            continue;
        std::string label = line.substr(first + 1, line.find_first_of("\t\r", first + 1) - first - 1);
        labels.emplace(line.substr(0, first), std::move(label));
    }
    return labels;
}

class Lister {
  public:
    Lister(FolderContents contents, const ContentsPlace &place)
        : m_place(place), m_contents(std::move(contents)) {
        m_tree.name = place.name;
        for (std::uint32_t i = 0; i < m_contents.images.size(); ++i)
            m_tree.add(m_contents.images.at(i), i);
    }

    ListedContents list() {
        m_layout = layoutOf(m_tree);
        listTraining();
        listTests();
        listUnlabelled();
        removeDuplicates();
        dropEmptyClasses();
        finish();
        return listed();
    }

  private:
    void listTraining() {
        const LaidOutPart &train = m_layout.train;
        if (train.hasClasses && train.classes.size() > 1)
            for (const LaidOutFolder &each : train.classes)
                m_listing.classNames.push_back(each.className);
        std::ranges::sort(m_listing.classNames);
        addPart(train, false);
    }

    /// The most likely part with usable images is used for testing.
    void listTests() {
        bool isFound = false;
        for (const LaidOutPart &part : m_layout.tests) {
            if (isFound)
                m_layout.leftOut[{LeftOutPlace::Kind::Below, toValidUtf8(part.name)}] += imagesOf(part);
            else
                isFound = addPart(part, true);
        }
    }

    void listUnlabelled() {
        for (const LaidOutPart &part : m_layout.unlabelled)
            forEachImage(part, [this](std::size_t image) { addFile(image, Dataset::unlabelled, false); });
    }

    static std::size_t imagesOf(const LaidOutPart &part) {
        std::size_t count = part.looseImages();
        for (const LaidOutFolder &each : part.classes)
            count += each.folder->imagesBelow();
        return count;
    }

    template <typename Visit>
    static void forEachImage(const LaidOutPart &part, const Visit &visit) {
        if (part.loose)
            std::ranges::for_each(part.loose->images, visit);
        for (const LaidOutFolder &each : part.classes)
            each.folder->forEachImage(visit);
    }

    /// False if none of its images can be used.
    bool addPart(const LaidOutPart &part, bool isTest) {
        const std::size_t before = m_listing.files.size();
        if (m_listing.classNames.empty())
            forEachImage(part, [&](std::size_t image) { addFile(image, Dataset::unlabelled, isTest); });
        else if (const auto annotations = annotationsOf(part); isTest && annotations)
            addAnnotated(part, *annotations);
        else
            addClasses(part, isTest);
        m_unknown.tell(part.name, m_listing.classNames, m_listing.notes);
        m_unknown = {};
        return m_listing.files.size() > before;
    }

    void addClasses(const LaidOutPart &part, bool isTest) {
        for (const LaidOutFolder &each : part.classes)
            addClass(each, isTest);
        if (part.classes.empty() && isTest)
            m_unknown.add("", part.looseImages());
        else
            m_layout.leftOut[{LeftOutPlace::Kind::BesideClasses}] += part.looseImages();
    }

    void addClass(const LaidOutFolder &each, bool isTest) {
        const int label = labelOf(each.className);
        if (label == Dataset::unlabelled)
            return m_unknown.add(each.className, each.folder->imagesBelow());
        each.folder->forEachImage([&](std::size_t image) { addFile(image, label, isTest); });
    }

    /// The labels from the part's own file; nothing without one.
    std::optional<Annotations> annotationsOf(const LaidOutPart &part) const {
        for (const std::string &file : m_contents.labelFiles)
            if (const fs::path folder = fs::path(file).parent_path(); folder.filename() == part.name)
                return annotationsIn(m_place.readLabels(file));
        return std::nullopt;
    }

    void addAnnotated(const LaidOutPart &part, const Annotations &annotations) {
        const auto add = [&](std::size_t image) {
            const std::string relative = m_contents.images.at(static_cast<std::uint32_t>(image));
            const auto found = annotations.find(relative.substr(relative.rfind('/') + 1));
            const std::string name = found == annotations.end() ? std::string() : found->second;
            const int label = labelOf(name);
            if (label == Dataset::unlabelled)
                m_unknown.add(name, 1);
            else
                addFile(image, label, true);
        };
        forEachImage(part, add);
    }

    int labelOf(const std::string &className) const {
        const auto at = std::ranges::lower_bound(m_listing.classNames, className);
        return at == m_listing.classNames.end() || *at != className
                   ? Dataset::unlabelled
                   : static_cast<int>(at - m_listing.classNames.begin());
    }

    void addFile(std::size_t image, int label, bool isTest) {
        m_hasLinks = m_hasLinks || m_contents.isThroughLink[image];
        m_listing.files.push_back({static_cast<std::uint32_t>(image), label, isTest});
    }

    void removeDuplicates() {
        if (!m_hasLinks)
            return;
        const DuplicatesRemoved removed = withoutDuplicates(m_listing.files, m_contents, m_place.path);
        if (removed.count > 0)
            m_listing.notes.push_back(
                datasetMessage("doubles", removed.count,
                               datasetMessage("same_image", removed.exampleLink, removed.exampleFile)));
    }

    /// A class whose images were all links to other classes is removed.
    void dropEmptyClasses() {
        std::vector<std::size_t> counts(m_listing.classNames.size());
        for (const ListedFile &file : m_listing.files)
            if (file.label >= 0)
                ++counts[static_cast<std::size_t>(file.label)];
        std::vector<int> newLabels(counts.size());
        std::vector<std::string> names;
        for (std::size_t label = 0; label < counts.size(); ++label) {
            newLabels[label] = static_cast<int>(names.size());
            if (counts[label] > 0)
                names.push_back(m_listing.classNames[label]);
        }
        const bool tellsApart = names.size() > 1;
        for (ListedFile &file : m_listing.files)
            if (file.label >= 0)
                file.label =
                    tellsApart ? newLabels[static_cast<std::size_t>(file.label)] : Dataset::unlabelled;
        m_listing.classNames = tellsApart ? std::move(names) : std::vector<std::string>();
    }

    void finish() {
        std::ranges::sort(m_listing.files, {}, &ListedFile::image); // which are sorted by name
        m_listing.broken = std::move(m_contents.broken);
        tellLeftOut(m_layout, m_contents, m_listing);
        tellClasses(m_contents, m_listing);
        for (std::string &name : m_listing.classNames)
            name = toValidUtf8(name);
        if (m_listing.files.empty())
            throw InvalidInput(displayName(m_place.path) + " contains no readable images" +
                               firstReason(m_listing));
    }

    ListedContents listed() {
        const auto images = std::make_shared<ImageList>();
        ListedContents result;
        for (const ListedFile &file : m_listing.files) {
            images->add(m_contents.images.at(file.image), file.label, file.isTest);
            result.found.push_back(file.image);
        }
        images->shrink();
        result.listing = {std::move(m_listing.classNames), std::move(m_listing.notes),
                          std::move(m_listing.broken), images};
        return result;
    }

    const ContentsPlace &m_place;
    FolderContents m_contents;
    FolderNode m_tree;
    FolderLayout m_layout;
    FolderListing m_listing;
    UnknownClasses m_unknown;
    bool m_hasLinks = false;
};

} // namespace

ListedContents listContents(FolderContents contents, const ContentsPlace &place) {
    return Lister(std::move(contents), place).list();
}

ImageListing listImageFolder(const fs::path &folder, const std::stop_token &stop, const WalkWatch &watch) {
    const fs::path absolute = fs::absolute(folder).lexically_normal();
    const ContentsPlace place{
        (absolute.has_filename() ? absolute : absolute.parent_path()).filename().native(), folder,
        [&](const std::string &relative) { return readFile(folder / relative, mostLabelBytes); }};
    FolderContents contents = walkFolder(folder, stop, watch);
    const auto watched = std::make_shared<WatchedPaths>();
    watched->isReliable = !contents.isJustChanged;
    watched->names = std::move(contents.watched);
    watched->stamps = std::move(contents.watchedStamps);
    for (const std::string &file : contents.labelFiles)
        watched->add(file, stampOf(folder / file));
    ImageListing listing = listContents(std::move(contents), place).listing;
    listing.watched = watched;
    return listing;
}

} // namespace simclr
