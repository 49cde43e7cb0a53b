package dev.switchboard.language;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars of a language: those of the class path, or else those in {@code languages/<name>} beside Switchboard's jar.
 *
 * @param name of the language, as its scripts have it before the colon
 * @param proof a class of the language
 * @param implementation our {@link Language} for it; all of its package is loaded beside the jars
 */
record LanguageJars(String name, String proof, String implementation) {
    Language load() {
        try {
            return Class.forName(implementation, true, loader())
                    .asSubclass(Language.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ScriptException("the language " + name + " cannot be used: " + e.getMessage(), e);
        }
    }

    private ClassLoader loader() {
        ClassLoader own = LanguageJars.class.getClassLoader();
        try {
            Class.forName(proof, false, own);
            return own;
        } catch (ClassNotFoundException absent) {
            return new Beside(jars(), own, implementation.substring(0, implementation.lastIndexOf('.') + 1));
        }
    }

    private URL[] jars() {
        Path code = Path.of(URI.create(LanguageJars.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        Path folder = code.resolveSibling("languages").resolve(name);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            URL[] urls = new URL[jars.size()];
            for (int n = 0; n < urls.length; n++) {
                urls[n] = jars.get(n).toUri().toURL();
            }
            return urls;
        } catch (MalformedURLException e) {
            throw new ScriptException(folder + ": cannot be on a class path", e);
        } catch (IOException absent) {
            throw new ScriptException(
                    "the jars of " + name + " are missing: run.sh brings them; without it, put them into " + folder
                            + " or start with java -cp 'switchboard.jar:<folder of the jars>/*' dev.switchboard.launch.Main",
                    absent);
        }
    }

    /** The jars, and our classes that need them, which the parent could load but not link. */
    private static final class Beside extends URLClassLoader {
        private final String own;

        Beside(URL[] jars, ClassLoader parent, String own) {
            super(jars, parent);
            this.own = own;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(own)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
