# SPDX-License-Identifier: GPL-3.0-or-later
# The engine as a shared library, for packages, which are made on one machine and run on others: compiled once for any x86-64
# CPU and once more for each level that brings wider vectors. The loader takes the best that the CPU has, by glibc's rule:
#   lib/ratescope/libratescope_engine.so.N                             any
#   lib/ratescope/glibc-hwcaps/x86-64-v3/libratescope_engine.so.N      AVX2
#   lib/ratescope/glibc-hwcaps/x86-64-v4/libratescope_engine.so.N      AVX-512
# Objects of different levels never meet in one file: their shared inline functions would collide, and an old CPU would
# run into a new one's instructions.
set(ratescope_engine_folder lib/ratescope)

# Built when something asks for them, and installed with a package.
function(ratescope_add_engine name level subfolder)
    get_target_property(sources ratescope_core SOURCES)
    add_library(${name} SHARED EXCLUDE_FROM_ALL ${sources})
    ratescope_set_up_engine(${name})
    # Nobody replaces a function of the engine from outside, so that it calls and inlines its own as if it were linked in;
    # and it shows its own names alone: each side keeps its copies of the standard library's and Eigen's inline functions.
    target_compile_options(${name} PRIVATE -fno-semantic-interposition)
    set(names ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/engine_names.map)
    target_link_options(${name} PRIVATE LINKER:-Bsymbolic-functions LINKER:--no-undefined LINKER:--version-script=${names})
    set_target_properties(${name} PROPERTIES
        OUTPUT_NAME ratescope_engine VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION} LINK_DEPENDS ${names}
        LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/packaged/${ratescope_engine_folder}${subfolder})
    if(level)
        set_target_properties(${name} PROPERTIES RATESCOPE_LEVEL ${level})
        target_compile_options(${name} PRIVATE -march=${level})
    endif()
    if(level STREQUAL "x86-64-v4")
        target_compile_options(${name} PRIVATE -mprefer-vector-width=512) # the width that simd.h reckons with
    endif()
    if(RATESCOPE_PACKAGE)
        set_target_properties(ratescope_core PROPERTIES EXCLUDE_FROM_ALL ON)
        install(TARGETS ${name} LIBRARY DESTINATION ${ratescope_engine_folder}${subfolder} NAMELINK_SKIP)
    endif()
    add_dependencies(ratescope_engine_levels ${name})
endfunction()

if(RATESCOPE_SANITIZE)
    return() # one form of it is enough to find faults
endif()
add_custom_target(ratescope_engine_levels)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$")
    ratescope_add_engine(ratescope_engine x86-64 "")
    ratescope_add_engine(ratescope_engine_v3 x86-64-v3 /glibc-hwcaps/x86-64-v3)
    ratescope_add_engine(ratescope_engine_v4 x86-64-v4 /glibc-hwcaps/x86-64-v4)
else()
    ratescope_add_engine(ratescope_engine "" "")
endif()
