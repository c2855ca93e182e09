// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>
#include <filesystem>
#include <functional>
#include <vector>

namespace simclr::ui {

class PipelineDocument;

/// Changes of a pipeline that a process left unsaved when it ended by force.
struct LeftPipeline {
    std::filesystem::path file;     ///< where they are kept
    std::filesystem::path original; ///< the file that was being edited; empty: none
    Pipeline pipeline;
    QDateTime changed; ///< when they were written
};

/// Keeps the unsaved changes of a document on disk, in a file of this window's own, so that they survive a
/// crash; and finds those that ended processes left. The file is there only while the document is modified.
/// Files of windows that still run are never touched. Lives on the UI thread, writes in another; owned by the
/// MainWindow.
class PipelineAutosave : public QObject {
    Q_OBJECT
  public:
    /// A change is on disk at most this much later, and what the disk takes.
    static constexpr int delayMs = 1000;

    /// `folder` is made when it is needed.
    PipelineAutosave(PipelineDocument &document, std::filesystem::path folder, QObject *parent = nullptr);
    /// A window that is closed in order leaves nothing behind.
    ~PipelineAutosave() override;

    /// Looks for what ended processes left; what cannot be read is renamed to *.damaged and told by failed(),
    /// what a newer program left is told and stays.
    void lookForLeft();
    /// What was found and is neither recovered nor discarded yet, newest first.
    const std::vector<LeftPipeline> &left() const { return m_left; }

    /// The document becomes the newest of left(), one undo away, and belongs to the file that it belonged to.
    void recover();
    /// Deletes the newest of left().
    void discard();

  Q_SIGNALS:
    void leftChanged();
    /// A sentence for the person. That nothing can be written is told once.
    void failed(const QString &reason);

  private:
    void follow();
    void write();
    void remove();
    void inOrder(std::function<void()> job);
    void tellWriting(const QString &problem);
    void read(const std::filesystem::path &file);
    void putAside(const std::filesystem::path &file, const QString &reason);
    /// Takes the newest of left() off the list, and its file under this window's name, so that no other
    /// window recovers it too. False where one was faster.
    bool take(LeftPipeline &taken);

    PipelineDocument &m_document;
    std::filesystem::path m_folder;
    std::filesystem::path m_file;
    std::vector<LeftPipeline> m_left;
    QTimer m_timer;
    QThreadPool m_writer; ///< one thread, so that writing and removing keep their order
    bool m_isTold = false;
};

} // namespace simclr::ui
