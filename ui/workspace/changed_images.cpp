// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/changed_images.h"

#include "ui/widgets/question.h"
#include "ui/workspace/compute_queue.h"

#include <QCoreApplication>
#include <QWidget>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ChangedImages)
};

} // namespace

void askWhereImagesChanged(ComputeQueue &queue, QWidget &owner) {
    QObject::connect(
        &queue, &ComputeQueue::finished, &owner,
        [&queue, &owner](const QueuedJob &job, const JobOutcome &outcome) {
            const auto *resumed = std::get_if<ResumeJob>(&job.job);
            if (resumed == nullptr || !outcome.haveImagesChanged || resumed->options.allowChangedImages)
                return;
            ResumeJob again = *resumed;
            again.options.allowChangedImages = true;
            ask(owner,
                {QStringLiteral("changedImagesQuestion"),
                 Texts::tr("The images have changed since run %1 was trained.").arg(resumed->run),
                 Texts::tr("The run can be resumed on the changed images. Its earlier results remain results "
                           "on the original images."),
                 Texts::tr("Resume on these images")},
                [&queue, again] { queue.submit(again); });
        });
}

} // namespace simclr::ui
