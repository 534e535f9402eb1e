# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian package: cmake --preset package && cmake --build --preset package && cpack --preset package
set(RATESCOPE_MAINTAINER "The Ratescope developers <ratescope@users.noreply.github.com>" CACHE STRING
    "Whom the package names")

# Debian wants these compressed, without a time in them; a native package's changelog is its own.
execute_process(COMMAND date -u -R -d ${RATESCOPE_RELEASE_DATE}
    OUTPUT_VARIABLE changelog_date OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
configure_file(${CMAKE_CURRENT_LIST_DIR}/changelog.in changelog @ONLY)
find_program(GZIP_PROGRAM gzip REQUIRED)
add_custom_command(OUTPUT changelog.gz
    COMMAND ${GZIP_PROGRAM} -9nkf changelog
    DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/changelog VERBATIM)
add_custom_target(ratescope_changelog ALL DEPENDS changelog.gz)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/changelog.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/ratescope)
install(CODE "
    file(GLOB manual \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_MANDIR}/man1/ratescope.1\")
    if(manual)
        execute_process(COMMAND ${GZIP_PROGRAM} -9nf \${manual} COMMAND_ERROR_IS_FATAL ANY)
    endif()")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME ratescope)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${RATESCOPE_MAINTAINER})
set(CPACK_PACKAGE_HOMEPAGE_URL https://github.com/ratescope/ratescope)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "trains small networks and shows what a learning rate does")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Ratescope trains small neural networks on real handwritten digits (MNIST) and
draws, while they learn, three plots side by side: the loss, the learning
rate, and the slope of a learning-rate range test, for as many runs as you
like on top of each other.
.
It is made for teachers, for students, for people who tune a schedule, and
for authors who need a figure. All of it can also be had by commands that
need no display. The training data is part of the package.")
# The libraries that the program and its engines are linked with, in the versions that this build found. The window's
# platform xcb and the pictures' format SVG come with Qt's own libraries; the plots' letters are DejaVu's.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/packaged/lib/ratescope)
set(CPACK_DEBIAN_PACKAGE_DEPENDS fonts-dejavu-core)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-translations-l10n, qt6-wayland")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "dataset-fashion-mnist, parallel")
include(CPack)
