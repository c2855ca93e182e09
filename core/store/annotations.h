// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/runs.h"
#include "core/store/tags.h"

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace simclr {

// The state of one annotation of one run.

struct RunTag {
    RunId run = 0;
    std::string tag;
    bool isSet = false;
};

struct RunNote {
    RunId run = 0;
    std::string text;
};

struct RunStar {
    RunId run = 0;
    bool isSet = false;
};

struct RunArchiving {
    RunId run = 0;
    bool isSet = false;
};

struct RunTrashing {
    RunId run = 0;
    std::optional<double> since; ///< seconds since 1970, UTC; nothing: not in the trash
};

using Annotation = std::variant<RunTag, RunNote, RunStar, RunArchiving, RunTrashing>;

/// What one change of annotations has changed, as it was before. What was not changed is not part of it, so
/// that later changes of other annotations remain when it is undone.
struct AnnotationUndo {
    std::vector<Annotation> former; ///< in the order of the changes

    bool isEmpty() const { return former.empty(); }
};

/// What to change of several runs at once; what is empty remains.
struct AnnotationChange {
    std::vector<std::string> addedTags; ///< tags that are also removed are added
    std::vector<std::string> removedTags;
    std::optional<std::string> note; ///< Markdown of the user, at most 1 MB
    std::optional<bool> starred;
    std::optional<bool> archived;
};

/// What emptying the trash did.
struct TrashEmptied {
    std::vector<RunId> deleted;
    std::vector<std::string> problems; ///< a sentence for each run that could not be deleted completely
};

/// What users add to the runs of a database, and which of them are in the trash. Each change is one
/// transaction: all runs are changed, or none if one of them does not exist or the change is refused. A part
/// of RunStore, see there.
class Annotations {
  public:
    explicit Annotations(Connection &connection);

    /// All tags of runs that are not in the trash, in their order.
    std::vector<TagCount> tags() const { return m_tags.all(); }

    /// Throws InvalidInput if a tag (checkedTag) or the note is invalid.
    AnnotationUndo change(std::span<const RunId> runs, const AnnotationChange &change);
    /// Lists no longer contain these runs; nothing of them is deleted. Throws InvalidInput if one is running.
    AnnotationUndo moveToTrash(std::span<const RunId> runs);
    /// Back to the lists.
    AnnotationUndo restore(std::span<const RunId> runs);
    /// Restores the state before a change. Runs that were deleted since are left out.
    void undo(const AnnotationUndo &undo);

    /// Deletes the runs in the trash as Runs::remove() does. A run that is running or being evaluated by any
    /// process remains, and so does one that another process restores meanwhile.
    TrashEmptied emptyTrash();

  private:
    std::vector<RunId> runsInTrash() const;
    AnnotationUndo setAll(std::span<const RunId> runs, const std::vector<Annotation> &wanted);
    // Each adds the former state to `undo` if it changes something.
    void set(const RunTag &wanted, AnnotationUndo &undo);
    void set(const RunNote &wanted, AnnotationUndo &undo);
    void set(const RunStar &wanted, AnnotationUndo &undo);
    void set(const RunArchiving &wanted, AnnotationUndo &undo);
    void set(const RunTrashing &wanted, AnnotationUndo &undo);
    bool setFlag(RunId run, const char *column, bool isSet);

    Connection &m_connection;
    Runs m_runs;
    Tags m_tags;
};

} // namespace simclr
