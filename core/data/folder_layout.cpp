// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_layout.h"

#include "core/data/dataset_messages.h"
#include "core/data/split_names.h"
#include "core/util/files.h"
#include "core/util/message_lists.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <set>

namespace simclr {

namespace {

using Words = std::set<std::string>;

MessageArgument namesOf(const std::vector<const FolderNode *> &folders) {
    std::vector<MessageArgument> names;
    for (const FolderNode *folder : folders)
        names.emplace_back(quotedName(folder->name));
    return enumerated(names);
}

/// Words common to all names that contain a split's word, and those of the folder above:
/// "train-horse-or-human" beside "validation-horse-or-human" are splits.
Words contextOf(const FolderNode &parent) {
    const std::vector<std::string> above = wordsOf(parent.name);
    Words context(above.begin(), above.end());
    std::optional<Words> shared;
    std::size_t names = 0;
    for (const auto &[name, folder] : parent.folders) {
        if (!hasSplitWord(name))
            continue;
        const std::vector<std::string> list = wordsOf(name);
        const Words words(list.begin(), list.end());
        Words both;
        std::ranges::set_intersection(shared.value_or(words), words, std::inserter(both, both.end()));
        shared = std::move(both);
        ++names;
    }
    if (names > 1)
        context.merge(*shared);
    return context;
}

struct SplitFolder {
    const FolderNode *folder;
    SplitName name;
};

/// The subfolders of a folder, sorted by the meaning of their names.
struct Split {
    std::vector<SplitFolder> trains;
    std::vector<SplitFolder>
        tests; ///< the most likely first: tests before validation, plain names before others
    std::vector<const FolderNode *> unlabelled;
    std::vector<const FolderNode *> others;

    explicit Split(const FolderNode &parent) {
        const Words context = contextOf(parent);
        for (const auto &[name, folder] : parent.folders) {
            const auto split = splitName(name, context);
            if (!split)
                (isUnlabelledName(name) ? unlabelled : others).push_back(&folder);
            else
                (split->kind == SplitKind::Train ? trains : tests).push_back({&folder, *split});
        }
        takeOnlyCandidates();
        const auto rank = [](const SplitFolder &split) {
            return std::pair(static_cast<int>(split.name.kind), split.name.distance);
        };
        std::ranges::stable_sort(trains, {}, rank);
        std::ranges::stable_sort(tests, {}, rank);
    }

    /// "train_256_standard" beside "val_256": if no other folder can be for training, one with the word
    /// "train" is.
    void takeOnlyCandidates() {
        constexpr int withOtherWords = 4;
        std::vector<const FolderNode *> candidates;
        for (const FolderNode *folder : others)
            if (splitKindWithin(folder->name) == SplitKind::Train)
                candidates.push_back(folder);
        if (!trains.empty() || tests.empty() || candidates.size() != 1)
            return;
        trains.push_back({candidates.front(), {SplitKind::Train, withOtherWords}});
        std::erase(others, candidates.front());
    }

    /// The only folder for training; nullptr if there is none, or several equally likely ones.
    const FolderNode *train() const {
        if (trains.empty() || (trains.size() > 1 && trains[0].name.distance == trains[1].name.distance))
            return nullptr;
        return trains.front().folder;
    }

    /// "train" alone beside "car" and "ship" is a class.
    bool isUnderstood() const { return train() && (!tests.empty() || others.empty()); }
};

bool isFiller(const FolderNode &folder) {
    const std::vector<std::string> words = wordsOf(folder.name);
    return !words.empty() && std::ranges::all_of(words, isFillerWord);
}

/// The subfolder that contains everything; nullptr if there is none.
const FolderNode *onlyFolder(const FolderNode &folder) {
    return folder.images.empty() && folder.folders.size() == 1 ? &folder.folders.begin()->second : nullptr;
}

bool isWrapper(const FolderNode &folder, const FolderNode &only) {
    const bool hasClasses = only.images.empty() && only.folders.size() > 1;
    return hasClasses || isFiller(only) || only.name == folder.name || splitName(only.name);
}

/// Skips folders that only wrap their content: "images", "seg_train" in "seg_train", "animals" above "cat"
/// and "dog". `known` are names of wrappers in another part.
const FolderNode &withoutWrappers(const FolderNode &part, const Words &known = {}) {
    const FolderNode *folder = &part;
    while (const FolderNode *only = onlyFolder(*folder)) {
        if (!isWrapper(*folder, *only) && !known.contains(only->name))
            break;
        folder = only;
    }
    return *folder;
}

/// Names of the folders between a part and what it wraps.
Words wrappersOf(const FolderNode &part) {
    Words names;
    const FolderNode &inner = withoutWrappers(part);
    for (const FolderNode *folder = &part; folder != &inner; folder = onlyFolder(*folder))
        names.insert(onlyFolder(*folder)->name);
    return names;
}

using Place = LeftOutPlace::Kind;

class Layouter {
  public:
    Layouter(const FolderNode &root) : m_root(unwrapped(root)) {}

    FolderLayout layOut() {
        const Split split(m_root);
        if (split.isUnderstood())
            layOutParts(split);
        else if (haveSplitsWithin())
            layOutClassesWithSplits();
        else
            layOutWhole(split);
        return std::move(m_layout);
    }

  private:
    static const FolderNode &unwrapped(const FolderNode &root) {
        const FolderNode *folder = &root;
        while (const FolderNode *only = onlyFolder(*folder)) {
            if (Split(*folder).isUnderstood())
                break;
            const bool isWrapper =
                isFiller(*only) || only->name == folder->name || Split(*only).isUnderstood();
            if (!isWrapper || only->folders.empty() || !only->images.empty())
                break;
            folder = only;
        }
        return *folder;
    }

    static LaidOutPart partOf(const FolderNode &folder, const Words &wrappers = {}) {
        LaidOutPart part;
        part.name = folder.name;
        const FolderNode &inner = withoutWrappers(folder, wrappers);
        part.loose = &inner;
        for (const auto &[name, each] : inner.folders)
            part.classes.push_back({&each, name});
        return part;
    }

    void layOutParts(const Split &split) {
        m_layout.hasTrainFolder = true;
        m_layout.train = partOf(*split.train());
        noteUnlikelyClasses(withoutWrappers(*split.train()));
        for (const SplitFolder &test : split.tests)
            m_layout.tests.push_back(partOf(*test.folder, wrappersOf(*split.train())));
        for (const FolderNode *folder : split.unlabelled)
            m_layout.unlabelled.push_back(partOf(*folder));
        for (const FolderNode *folder : split.others)
            leaveOut(Place::Below, *folder, folder->imagesBelow());
        for (const SplitFolder &train : split.trains)
            if (train.folder != split.train())
                leaveOut(Place::Below, *train.folder, train.folder->imagesBelow());
        if (!m_root.images.empty())
            leaveOut(Place::Beside, *split.train(), m_root.images.size());
    }

    void leaveOut(Place place, const FolderNode &folder, std::size_t images) {
        m_layout.leftOut[{place, toValidUtf8(folder.name)}] += images;
    }

    /// CLASS/train and CLASS/test.
    bool haveSplitsWithin() const {
        return m_root.folders.size() > 1 && m_root.images.empty() &&
               std::ranges::all_of(m_root.folders | std::views::values,
                                   [](const FolderNode &folder) {
                                       const Split split(folder);
                                       return folder.images.empty() && split.train();
                                   }) &&
               std::ranges::any_of(m_root.folders | std::views::values,
                                   [](const FolderNode &folder) { return !Split(folder).tests.empty(); });
    }

    void layOutClassesWithSplits() {
        m_layout.hasTrainFolder = true;
        std::map<std::pair<int, std::string>, LaidOutPart> tests;
        for (const auto &[name, folder] : m_root.folders) {
            const Split split(folder);
            m_layout.train.classes.push_back({split.train(), name});
            for (const auto &folders : {split.others, split.unlabelled})
                for (const FolderNode *other : folders)
                    leaveOut(Place::BelowInClasses, *other, other->imagesBelow());
            for (const SplitFolder &test : split.tests) {
                LaidOutPart &part = tests[{static_cast<int>(test.name.kind), test.folder->name}];
                part.name = test.folder->name;
                part.classes.push_back({test.folder, name});
            }
        }
        for (LaidOutPart &part : tests | std::views::values)
            m_layout.tests.push_back(std::move(part));
    }

    void layOutWhole(const Split &split) {
        const bool isAllSplits =
            !m_root.folders.empty() && std::ranges::all_of(m_root.folders | std::views::keys, hasSplitWord);
        noteMisunderstood(split, isAllSplits);
        m_layout.train = partOf(m_root);
        m_layout.train.name.clear();
        m_layout.train.hasClasses = !isAllSplits;
        noteSplitsWithinClasses();
        noteUnlikelyClasses(m_root);
    }

    /// Masks beside images, parts of an archive: folders whose names do not suggest a class.
    void noteUnlikelyClasses(const FolderNode &parent) {
        static const Words suggestOther{
            "mask",  "masks",     "annotation", "annotations", "segmentation", "segmentations",
            "label", "labels",    "trimap",     "trimaps",     "groundtruth",  "gt",
            "truth", "unlabeled", "unlabelled", "labeled",     "labelled",     "thumbnails"};
        static const Words suggestParts{"fold",   "part", "batch",  "chunk", "shard",
                                        "volume", "dir",  "images", "img",   "folder"};
        std::vector<const FolderNode *> unlikely;
        std::size_t parts = 0;
        for (const auto &[name, folder] : parent.folders) {
            const std::vector<std::string> words = wordsOf(name);
            if (std::ranges::any_of(words,
                                    [](const std::string &word) { return suggestOther.contains(word); }))
                unlikely.push_back(&folder);
            parts += std::ranges::any_of(words,
                                         [](const std::string &word) { return suggestParts.contains(word); })
                         ? 1
                         : 0;
        }
        if (!unlikely.empty() && parent.folders.size() > 1)
            m_layout.notes.push_back(datasetMessage("unlikely_classes", namesOf(unlikely)));
        else if (parts == parent.folders.size() && parts > 1)
            m_layout.notes.push_back(datasetMessage("parts_as_classes"));
    }

    void noteSplitsWithinClasses() {
        for (const auto &[name, folder] : m_root.folders)
            for (const SplitFolder &test : Split(folder).tests)
                if (test.name.distance <= 1) {
                    m_layout.notes.push_back(
                        datasetMessage("split_in_some_classes", toValidUtf8(name + "/" + test.folder->name)));
                    return;
                }
    }

    void noteMisunderstood(const Split &split, bool isAllSplits) {
        std::vector<const FolderNode *> suspects;
        for (const auto &[name, folder] : m_root.folders)
            if (hasSplitWord(name))
                suspects.push_back(&folder);
        if (suspects.empty() || (suspects.size() == 1 && !splitName(suspects.front()->name)))
            return;
        const Message cause = split.trains.size() > 1 ? datasetMessage("several_for_training")
                              : split.trains.empty()  ? datasetMessage("none_for_training")
                                                      : datasetMessage("none_for_testing");
        const Message use =
            isAllSplits ? datasetMessage("used_unlabelled") : datasetMessage("used_as_classes");
        m_layout.notes.push_back(
            datasetMessage("unclear_splits", suspects.size(), namesOf(suspects), cause, use));
    }

    const FolderNode &m_root;
    FolderLayout m_layout;
};

} // namespace

FolderLayout layoutOf(const FolderNode &root) {
    return Layouter(root).layOut();
}

} // namespace simclr
