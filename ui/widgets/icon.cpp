// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

/// The resources of a static library must be registered explicitly, and outside of any namespace.
static void registerResources() {
    Q_INIT_RESOURCE(workbench);
}

namespace simclr::ui::theme {

namespace {

/// The SVG file of an icon: our own first, then Breeze in the size closest to `side`. Empty if neither has
/// it.
QString iconFile(const QString &name, int side) {
    const QString own = QStringLiteral(":/icons/%1.svg").arg(name);
    if (QFileInfo::exists(own))
        return own;
    const QString drawn = side <= 16 ? QStringLiteral("16") : QStringLiteral("22");
    for (const QString &size : {drawn, QStringLiteral("22"), QStringLiteral("16"), QStringLiteral("32")})
        for (const char *context :
             {"actions", "places", "status", "devices", "mimetypes", "categories", "apps"})
            for (const QString &root :
                 QIcon::themeSearchPaths() + QStringList{QStringLiteral("/usr/share/icons")}) {
                const QString path =
                    QStringLiteral("%1/breeze/%2/%3/%4.svg").arg(root, QLatin1String(context), size, name);
                if (QFileInfo::exists(path))
                    return path;
            }
    return {};
}

QColor tint(QIcon::Mode mode) {
    const QPalette palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Disabled:
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    case QIcon::Selected:
        return palette.color(QPalette::HighlightedText);
    case QIcon::Normal:
    case QIcon::Active:
        break;
    }
    return palette.color(QPalette::WindowText);
}

/// Paints an SVG as a silhouette in the palette's text colour. The colour is read at each painting, so that
/// icons follow a change of theme. Owned by its QIcon.
class SilhouetteEngine : public QIconEngine {
  public:
    explicit SilhouetteEngine(QString name) : m_name(std::move(name)) {}

    QIconEngine *clone() const override { return new SilhouetteEngine(m_name); }
    QString iconName() override { return m_name; }
    bool isNull() override { return iconFile(m_name, 22).isEmpty(); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override {
        const QColor color = tint(mode);
        const QString key = QStringLiteral("simclr/%1/%2x%3/%4")
                                .arg(m_name)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(color.name(QColor::HexArgb));
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = silhouette(size, color);
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

  private:
    QPixmap silhouette(const QSize &size, const QColor &color) const {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QSvgRenderer renderer(iconFile(m_name, size.height()));
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(size)));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), color);
        return pixmap;
    }

    QString m_name;
};

} // namespace

QIcon icon(const QString &name) {
    static const bool registered = (registerResources(), true);
    Q_UNUSED(registered)
    return QIcon(new SilhouetteEngine(name));
}

} // namespace simclr::ui::theme
