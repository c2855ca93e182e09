// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/pipeline.h"
#include "ui/background/background_worker.h"

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QTimer>
#include <filesystem>
#include <vector>

namespace simclr::ui {

class PipelineDocument;

/// Unsaved changes of a pipeline, left by a process that was killed or crashed.
struct LeftPipeline {
    std::filesystem::path file;     ///< where they are stored
    std::filesystem::path original; ///< the file that was being edited; empty if none
    Pipeline pipeline;
    QDateTime changed; ///< when they were written
};

/// Saves the unsaved changes of a document in a file per window, so that they survive a crash; and finds
/// those that other processes left. The file exists only while the document is modified. Files of running
/// processes are never touched. Lives on the UI thread, writes in another; owned by the MainWindow.
class PipelineAutosave : public QObject {
    Q_OBJECT
  public:
    /// Maximum delay before a change is written, without the time of the write.
    static constexpr int delayMs = 1000;

    /// `folder` is created when needed.
    PipelineAutosave(PipelineDocument &document, std::filesystem::path folder, QObject *parent = nullptr);
    /// Deletes the file: a window that is closed normally leaves nothing behind.
    ~PipelineAutosave() override;

    /// Looks for changes left by ended processes. A file that cannot be read is renamed to *.damaged and
    /// reported by failed(); a file of a newer version is reported and kept.
    void lookForLeft();
    /// The changes found that are neither recovered nor discarded yet, newest first.
    const std::vector<LeftPipeline> &left() const { return m_left; }

    /// Replaces the document by the newest of left(), as one undo step, and restores its file.
    void recover();
    /// Deletes the newest of left().
    void discard();

  Q_SIGNALS:
    void leftChanged();
    /// A sentence for the user. A failing write is reported once.
    void failed(const QString &reason);

  private:
    void follow();
    void write();
    void remove();
    void reportWrite(const QString &problem);
    void read(const std::filesystem::path &file);
    void putAside(const std::filesystem::path &file, const QString &reason);
    /// Removes the newest of left() from the list and renames its file to this window's, so that no other
    /// window recovers it, too. False if another window was faster.
    bool take(LeftPipeline &taken);

    PipelineDocument &m_document;
    std::filesystem::path m_folder;
    std::filesystem::path m_file;
    std::vector<LeftPipeline> m_left;
    QTimer m_timer;
    bool m_isReported = false;
    BackgroundWorker m_writer{BackgroundWorker::Policy::InOrder}; ///< writes and deletes
};

} // namespace simclr::ui
