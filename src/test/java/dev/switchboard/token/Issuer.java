package dev.switchboard.token;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** An identity provider, made of nothing but the JDK. */
public record Issuer(String id, KeyPair keys, String algorithm, String signature) {
    public static Issuer rsa(String id) {
        return rsa(id, 2048);
    }

    static Issuer rsa(String id, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new Issuer(id, generator.generateKeyPair(), "RS256", "SHA256withRSA");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static Issuer ec(String id, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            boolean is256 = curve.equals("secp256r1");
            return new Issuer(
                    id,
                    generator.generateKeyPair(),
                    is256 ? "ES256" : "ES384",
                    (is256 ? "SHA256" : "SHA384") + "withECDSAinP1363Format");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What it publishes. */
    public static JsonObject keySet(Issuer... issuers) {
        return new JsonObject()
                .put("keys", new JsonArray(Stream.of(issuers).map(Issuer::jwk).toList()).copy());
    }

    JsonObject jwk() {
        JsonObject jwk = new JsonObject().put("kid", id).put("use", "sig").put("alg", algorithm);
        if (keys.getPublic() instanceof RSAPublicKey rsa) {
            return jwk.put("kty", "RSA").put("n", base64(rsa.getModulus())).put("e", base64(rsa.getPublicExponent()));
        }
        ECPublicKey ec = (ECPublicKey) keys.getPublic();
        return jwk.put("kty", "EC")
                .put("crv", algorithm.equals("ES256") ? "P-256" : "P-384")
                .put("x", base64(ec.getW().getAffineX()))
                .put("y", base64(ec.getW().getAffineY()));
    }

    /** What an attacker may take for the secret of the public key. */
    List<byte[]> publicForms() {
        byte[] der = keys.getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        JsonObject jwk = jwk();
        return List.of(
                der,
                pem.getBytes(StandardCharsets.UTF_8),
                pem.strip().getBytes(StandardCharsets.UTF_8),
                jwk.encode().getBytes(StandardCharsets.UTF_8),
                Base64.getUrlDecoder().decode(jwk.getString("n", jwk.getString("x"))));
    }

    public String token(JsonObject claims) {
        return token(claims, algorithm, signature);
    }

    /** As if the key were for this algorithm. */
    String token(JsonObject claims, String named, String signedWith) {
        return signed(new JsonObject().put("alg", named).put("kid", id), claims, signedWith);
    }

    String signed(JsonObject header, JsonObject claims, String signedWith) {
        String signed = Mint.base64(header) + "." + Mint.base64(claims);
        try {
            Signature signing = Signature.getInstance(signedWith);
            signing.initSign(keys.getPrivate());
            signing.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + base64(signing.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
