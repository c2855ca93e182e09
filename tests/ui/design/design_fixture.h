// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/test_support.h"
#include "ui/design/design_page.h"
#include "ui/design/preview/preview_grid.h"
#include "ui/document/pipeline_document.h"
#include "ui/document/pipeline_files.h"
#include "ui/workspace/workspace.h"

#include <QSignalSpy>
#include <memory>

namespace simclr::ui {

/// Opens images and waits for them.
inline void openImages(Workspace &workspace, const QString &source = QStringLiteral("shapes")) {
    QSignalSpy opened(&workspace, &Workspace::datasetChanged);
    workspace.openSource(source);
    if (!opened.wait(60'000))
        qFatal("the images did not open");
}

/// Shows a widget as the active window.
inline void showActive(QWidget &widget, const QSize &size) {
    widget.resize(size);
    widget.show();
    if (!QTest::qWaitForWindowActive(&widget))
        qFatal("no window");
}

/// A Design page that is shown, on images that are open, with the preset for CIFAR-10.
struct DesignFixture {
    Workspace workspace{"/nowhere/runs.sqlite"};
    PipelineDocument document;
    PipelineFiles files{document, nullptr};
    std::unique_ptr<DesignPage> page;

    explicit DesignFixture(const QString &source = QStringLiteral("shapes")) {
        document.loadPreset(pipelinePresets().at(1));
        openImages(workspace, source);
        page = std::make_unique<DesignPage>(workspace, document, files);
        showActive(*page, {1200, 760});
    }
    PreviewPtr preview() const { return page->findChild<PreviewGrid *>()->preview(); }
    /// The up-to-date preview of the document's pipeline.
    PreviewPtr settled() const {
        const auto isCurrent = [this] {
            return preview() && preview()->request.pipeline == document.pipeline();
        };
        return QTest::qWaitFor(isCurrent, 30'000) ? preview() : nullptr;
    }
};

} // namespace simclr::ui
