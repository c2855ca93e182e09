// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QObject>
#include <QUndoStack>
#include <filesystem>

namespace simclr::ui {

/// The pipeline being edited. Undo commands are its only mutators: each public edit pushes one, and repeated
/// changes of one value (a slider drag) merge into a single step. Lives on the UI thread; owned by the
/// MainWindow.
class PipelineDocument : public QObject {
    Q_OBJECT
  public:
    explicit PipelineDocument(QObject *parent = nullptr);

    const Pipeline &pipeline() const;
    QUndoStack *undoStack();
    /// Differs from what was last loaded or saved.
    bool isModified() const;
    /// The file it was loaded from or saved to; empty for a preset.
    const std::filesystem::path &file() const;

    void insertStep(int row, const QString &operation);
    void duplicateStep(int row);
    void removeStep(int row);
    /// Both views are drawn by steps of the first from now on.
    void dropSecondBranch();
    void moveStep(int from, int to);
    void setStepEnabled(int row, bool enabled);
    void setStepProbability(int row, double probability);
    void setParameter(int row, const QString &id, const Value &value);
    void rename(const QString &name);
    /// Any change that has no function of its own, as one undoable step; `text` names it in the history.
    void change(const Pipeline &after, const QString &text);
    /// Replaces all by another pipeline, as one undoable step. What comes is not what the file held, so the
    /// document then has no file; undoing gives it back.
    void replace(const Pipeline &pipeline);
    /// The same with changes of `file`, which holds `saved`; the document then belongs to it.
    void recover(const Pipeline &pipeline, const std::filesystem::path &file, const Pipeline &saved);

    /// Loads a file, forgetting the history. Throws IoError or InvalidInput; the document is then unchanged.
    void load(const std::filesystem::path &file);
    /// Starts from a preset, forgetting the history.
    void loadPreset(const PipelinePreset &preset);
    /// Throws IoError.
    void save(const std::filesystem::path &file);

  Q_SIGNALS:
    /// Any change of pipeline(); `structure` where steps were added, removed, moved or replaced.
    void changed(bool structure);
    void modifiedChanged(bool modified);
    void fileChanged();

  private:
    friend class PipelineCommand;
    friend class ReplaceCommand;

    /// Where the pipeline is kept, and what stands there.
    struct Origin {
        std::filesystem::path file;
        Pipeline saved;
    };

    void assign(const Pipeline &pipeline, bool structure);
    /// Makes `origin` the document's own and leaves the former one there.
    void exchangeOrigin(Origin &origin);
    void restart(const Pipeline &pipeline, const std::filesystem::path &file);
    void announceModified();
    bool hasStep(int row) const;
    QString titleOf(const QString &operation) const;
    QString stepTitle(int row) const;

    Pipeline m_pipeline;
    Origin m_origin;
    QUndoStack m_undo;
    bool m_wasModified = false;
};

} // namespace simclr::ui
